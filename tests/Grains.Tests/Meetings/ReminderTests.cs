using Actors.Notifications;

namespace Actors.Grains.Tests.Meetings;

/// <summary>Users of personal links are reminded shortly before the meeting.</summary>
public sealed class ReminderTests
{
    private const string Remind = "remind";
    private static readonly DateTimeOffset s_start = new(2026, 1, 7, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task User_OfALink_IsRemindedOnce_AQuarterOfAnHourBefore()
    {
        await using var world = await StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link() with { User = "marie" });
        await PassAsync(world, TimeSpan.FromMinutes(44));
        Assert.Empty(await ListAsync(world, "marie"));

        await PassAsync(world, TimeSpan.FromMinutes(2));

        await UntilRemindedAsync(world, "marie");
        var reminder = (await ListAsync(world, "marie"))[0].Content;
        Assert.Equal(("Bientôt : RDV", Urgency.High, "meetings"), (reminder.Summary, reminder.Urgency, reminder.Origin));
        Assert.Equal("Votre rendez-vous commence à 10:00 (Europe/Paris). Un clic vous y mène.", reminder.Body);
        Assert.Equal($"https://counter.example.org/meeting/{world.Id:D}#link={link.Key}", reminder.Url);
        Assert.Equal(s_start.AddHours(1), reminder.ValidTo);
        world.Pass(TimeSpan.FromMinutes(10));
        Assert.Single(await ListAsync(world, "marie"));
    }

    [Fact]
    public async Task User_OfALinkThatWasRevoked_IsNot_AndOneWhoComesLaterIsRemindedLater()
    {
        await using var world = await StartAsync();
        await world.AddAsync(MeetingWorld.Link() with { Id = "gone", User = "gone" });
        await world.AddAsync(MeetingWorld.Link() with { Id = "there", User = "there" });
        await world.AddAsync(MeetingWorld.Link(opens: s_start.AddMinutes(30)) with { Id = "later", User = "later" });
        await world.Meeting.RevokeLinkAsync("gone");

        await PassAsync(world, TimeSpan.FromMinutes(50));
        await UntilRemindedAsync(world, "there");
        Assert.Empty(await ListAsync(world, "later"));
        await PassAsync(world, TimeSpan.FromMinutes(30));

        await UntilRemindedAsync(world, "later");
        Assert.Empty(await ListAsync(world, "gone"));
    }

    [Fact]
    public async Task User_WhoWasInvitedAtTheLastMinute_IsRemindedAtOnce()
    {
        await using var world = await StartAsync();
        world.Pass(TimeSpan.FromMinutes(55));
        await world.AddAsync(MeetingWorld.Link() with { User = "marie" });

        await PassAsync(world, TimeSpan.FromMinutes(1));

        await UntilRemindedAsync(world, "marie");
    }

    /// <summary>A meeting that begins in an hour.</summary>
    private static async Task<MeetingWorld> StartAsync()
    {
        var world = await MeetingWorld.StartAsync();
        world.PassDays(2);
        Assert.Equal(s_start, world.Now.AddHours(1));
        return world;
    }

    /// <summary>A message is told in a turn of its own, which the clock begins.</summary>
    private static async Task UntilRemindedAsync(MeetingWorld world, string user)
    {
        while ((await ListAsync(world, user)).Count == 0)
        {
            world.PassSeconds(0.1);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task PassAsync(MeetingWorld world, TimeSpan time)
    {
        await world.Cluster.ReminderSettledAsync(world.Meeting, Remind);
        world.Pass(time);
    }

    private static async Task<IReadOnlyList<NotificationInfo>> ListAsync(MeetingWorld world, string user) =>
        (await world.Cluster.Grains.GetUserGrain(new UserKey(user)).ListAsync(new ListNotifications(IsNew: true, Before: null, 10))).Items;
}
