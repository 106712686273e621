using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Actors.Grains.Tests.Tallying;
using Actors.Meetings;
using Actors.Silo.Mail;
using Actors.Silo.Meetings;
using Actors.Silo.Storage;
using Actors.TestKit.Clusters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Tests.Meetings;

/// <summary>A cluster with a meeting on it, whose time stands still until told.</summary>
internal sealed class MeetingWorld : IAsyncDisposable
{
    public const string Server = "visio";

    /// <summary>The reminder by which a meeting ends.</summary>
    public const string Expiry = "expiry";

    /// <summary>How often its server is asked: at no such time does another timer fire, which would be taken for this one.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2_903);

    private const string Ours = "https://counter.example.org";

    private MeetingWorld(IGrainCluster cluster, ScriptedBbb bbb, FaultyMails mails, Faults states) =>
        (Cluster, Bbb, MailFaults, StateFaults) = (cluster, bbb, mails, states);

    public IGrainCluster Cluster { get; }

    public ScriptedBbb Bbb { get; }

    public FaultyMails MailFaults { get; }

    public Faults StateFaults { get; }

    public Guid Id { get; } = Guid.NewGuid();

    public DateTimeOffset Now => Cluster.Clock.GetUtcNow();

    public IMeetingGrain Meeting => Cluster.Grains.GetMeetingGrain(new MeetingKey(Id));

    public static async Task<MeetingWorld> StartAsync(TimeSpan? keepFor = null)
    {
        var (bbb, mails, states) = (new ScriptedBbb(), new FaultyMails(), new Faults());
        var cluster = await GrainCluster.StartAsync(options => options.Services = services =>
        {
            BbbSettings.Use(services);
            services.AddSingleton(Options.Create(new BbbSettings
            {
                Servers = new Dictionary<string, BbbServerOptions>(StringComparer.Ordinal) { [Server] = new() { Url = new Uri("https://bbb.example.org/bigbluebutton/"), Secret = "s" } },
                PollInterval = PollInterval,
                KeepFor = keepFor ?? TimeSpan.FromDays(365),
            }));
            services.AddSingleton<IBbbApi>(bbb);
            services.AddSingleton(new MailOptions { From = "counter@example.org" });
            services.AddMail(sends: false);
            mails.Install(services);
            states.Install(services);
        });
        var world = new MeetingWorld(cluster, bbb, mails, states);
        await world.CreateAsync();
        return world;
    }

    public async Task CreateAsync() => Assert.Equal(MeetingStatus.Done, (await Meeting.CreateAsync(new CreateMeeting(
        new MeetingContent(Server, "form-1", "RDV", [], [], [], UserFullName: null, AgentFullName: null, """{"start":"2026-01-07T09:00:00Z"}""", NotBefore: null, NotAfter: null), Ours))).Status);

    public static LinkContent Link(bool single = false, DateTimeOffset? opens = null, DateTimeOffset? closes = null, string? email = null) =>
        new("marie", MeetingRole.User, "Marie", email, User: null, single, opens, closes, "fr");

    public async Task<LinkInfo> AddAsync(LinkContent link, bool invites = false)
    {
        var outcome = await Meeting.AddLinkAsync(new AddLink(link, invites, Ours));
        Assert.Equal(LinkStatus.Done, outcome.Status);
        return outcome.Link!;
    }

    public async Task<LinkInfo> InviteAgainAsync() => (await Meeting.InviteAsync("marie", Ours)).Link!;

    /// <summary>Somebody opens a link, and presses its button when it has one.</summary>
    public async Task<JoinOutcome> JoinAsync(LinkInfo link, string visitor = "a", bool confirms = true) =>
        (await Meeting.JoinByLinkAsync(new JoinByLink(link.Key, visitor, confirms))).Outcome;

    public async Task<LinkInfo> OnlyLinkAsync() => Assert.Single((await Meeting.GetLinksAsync())!.Value);

    public void Pass(TimeSpan time) => Cluster.Clock.Advance(time);

    /// <summary>Lets days pass at once, without all the ticks on the way.</summary>
    public void PassDays(int days) => Cluster.Clock.Jump(TimeSpan.FromDays(days));

    public void PassSeconds(double seconds) => Pass(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass until something is done that waits for it.</summary>
    public async Task<T> PassUntilAsync<T>(Task<T> waits)
    {
        while (!waits.IsCompleted)
        {
            PassSeconds(0.1);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return await waits;
    }

    /// <summary>What is in the mail and was not taken from there yet: methods and sequences of its appointments.</summary>
    public async Task<ImmutableArray<string>> TakeMailsAsync()
    {
        var store = Cluster.Services.GetRequiredService<IMailStore>();
        var mails = await store.ClaimDueAsync(Now, Now.AddYears(1), 100, TestContext.Current.CancellationToken);
        foreach (var mail in mails)
        {
            await store.MarkSentAsync(mail.Id, TestContext.Current.CancellationToken);
        }

        return [.. mails.Select(mail => JsonNode.Parse(mail.Payload)!["Mail"]!["Calendar"]!).Select(calendar => $"{calendar["Method"]} {LineOf((string)calendar["Text"]!, "SEQUENCE:")}")];
    }

    /// <summary>Waits until there is mail.</summary>
    public Task UntilMailAsync() =>
        UntilAsync(async () => await Cluster.Services.GetRequiredService<IMailStore>().NextDueAsync(TestContext.Current.CancellationToken) is not null);

    /// <summary>The queue forgets what it has sent.</summary>
    public async Task ForgetMailsAsync() =>
        await Cluster.Services.GetRequiredService<IMailStore>().DeleteDoneAsync(DateTimeOffset.MaxValue, 100, TestContext.Current.CancellationToken);

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private static string LineOf(string calendar, string name) =>
        calendar.Split("\r\n").Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];
}
