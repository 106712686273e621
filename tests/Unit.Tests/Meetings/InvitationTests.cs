using System.Text.Json.Nodes;
using Actors.Meetings;
using Actors.Silo.Mail;
using Actors.Silo.Meetings;
using Actors.Silo.Storage;
using Actors.TestKit.Time;
using Actors.Unit.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Actors.Unit.Tests.Meetings;

/// <summary>Invitations, as a real mail server takes them and a calendar that is not ours reads them.</summary>
public sealed class InvitationTests : IDisposable
{
    private static readonly Guid Meeting = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly DateTimeOffset Made = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly string Name = "Rendez-vous ; dossier, n° 7 — " + new string('é', 60);

    private static readonly string Metadata =
        """{"start":"2027-03-28T01:30:00Z","duration":"45","place":"Mairie, salle 2; étage 1","prepare":["pièce d'identité","RIB"]}""";

    private readonly string _authority = Path.GetTempFileName();
    private readonly ManualTimeProvider _time = new();
    private readonly MailSignal _signal = new();
    private readonly IMailStore _store = new ServiceCollection().AddMemoryStorage().BuildServiceProvider().GetRequiredService<IMailStore>();

    [Fact]
    public async Task Invitation_IsAnAppointmentInAnybodysCalendar()
    {
        var mail = await SendAsync(Invite(Metadata));

        Assert.Equal("Rendez-vous : " + Name, (string)mail["subject"]!);
        var (text, html) = ((string)mail["text"]!, (string)mail["html"]!);
        Assert.All([text, html], body => Assert.Contains("https://counter.example.org/bbb/visio/", body, StringComparison.Ordinal));
        Assert.Contains("dimanche 28 mars 2027 à 03:30 (Europe/Paris)", text, StringComparison.Ordinal);
        Assert.Contains("pièce d'identité · RIB", text, StringComparison.Ordinal);
        Assert.Contains("Marie &lt;b&gt;", html, StringComparison.Ordinal);
        var appointments = mail["appointments"]!.AsArray();
        Assert.Equal(["text/calendar", "application/ics"], appointments.Select(appointment => (string)appointment!["type"]!));
        Assert.Equal("PUBLISH", (string)appointments[0]!["typeMethod"]!);
        Assert.All(appointments, appointment =>
        {
            Assert.Equal("PUBLISH", (string)appointment!["method"]!);
            Assert.Equal(("2027-03-28T01:30:00.000Z", "2027-03-28T02:15:00.000Z"), ((string)appointment["start"]!, (string)appointment["end"]!));
            Assert.Equal((Name, "Mairie, salle 2; étage 1"), ((string)appointment["summary"]!, (string)appointment["location"]!));
            Assert.Equal(("CONFIRMED", "mailto:counter@example.org", 0), ((string)appointment["status"]!, (string)appointment["organizer"]!, (int)appointment["sequence"]!));
            Assert.Equal("-PT15M", (string)appointment["alarm"]!);
            Assert.Contains(Url, (string)appointment["description"]!, StringComparison.Ordinal);
            Assert.Equal(Url, (string)appointment["url"]!);
        });
    }

    [Fact]
    public async Task Cancellation_TakesTheSameAppointmentAway()
    {
        var invited = (await SendAsync(Invite(Metadata)))["appointments"]![0]!;
        var cancelled = await SendAsync(Invite(Metadata) with { Sequence = 1, IsCancelled = true });

        Assert.StartsWith("Annulé : ", (string)cancelled["subject"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", (string)cancelled["text"]!, StringComparison.Ordinal);
        var appointment = cancelled["appointments"]![0]!;
        Assert.Equal(((string)invited["uid"]!, "CANCEL", "CANCELLED", 1), ((string)appointment["uid"]!, (string)appointment["method"]!, (string)appointment["status"]!, (int)appointment["sequence"]!));
    }

    [Fact]
    public async Task Invitation_InEnglish_OfTheWindowOfTheLink()
    {
        var invitation = Invite("{}");
        var mail = await SendAsync(invitation with
        {
            Person = invitation.Person with { Locale = "en", IsSingle = true, NotBefore = Made.AddDays(3), NotAfter = Made.AddDays(3).AddHours(1) },
        });

        Assert.StartsWith("Meeting: ", (string)mail["subject"]!, StringComparison.Ordinal);
        Assert.Contains("Monday 23 November 2026 at 09:00 (Europe/Paris)", (string)mail["text"]!, StringComparison.Ordinal);
        Assert.Contains("works once", (string)mail["text"]!, StringComparison.Ordinal);
        Assert.Equal("2026-11-23T09:00:00.000Z", (string)mail["appointments"]![0]!["end"]!);
    }

    [Fact]
    public async Task Invitation_WithoutATime_HasNoAppointment() => Assert.Empty((await SendAsync(Invite("{}")))["appointments"]!.AsArray());

    [Fact]
    public async Task Send_Repeated_IsOneMail()
    {
        var invitations = Make();
        await invitations.SendAsync(Invite(Metadata), CancellationToken.None);
        await invitations.SendAsync(Invite(Metadata), CancellationToken.None);
        await invitations.SendAsync(Invite(Metadata) with { Sequence = 1 }, CancellationToken.None);

        Assert.Equal(2, (await _store.ClaimDueAsync(_time.GetUtcNow(), _time.GetUtcNow().AddHours(1), 10, CancellationToken.None)).Length);
    }

    public void Dispose() => File.Delete(_authority);

    private const string Url = "https://counter.example.org/bbb/visio/meeting/11111111-2222-3333-4444-555555555555/join/link/1-0123456789abcdef0123456789abcdef/";

    private static Invitation Invite(string metadata) => new(
        Meeting, 1, 0, IsCancelled: false,
        new MeetingContent("visio", "form-1", Name, [], [], [], UserFullName: null, AgentFullName: null, metadata, NotBefore: null, NotAfter: null),
        new LinkContent("marie", MeetingRole.User, "Marie <b>", "marie@example.org", User: null, IsSingle: false, NotBefore: null, NotAfter: null, "fr"),
        Made, Made, Url);

    private Invitations Make() => new(new MailQueue(_store, _signal, _time), new MailOptions { From = "Le guichet <counter@example.org>" }, Options.Create(new MeetingOptions()));

    private async Task<JsonNode> SendAsync(Invitation invitation)
    {
        await using var server = await MailServer.StartAsync(_authority);
        await Make().SendAsync(invitation, CancellationToken.None);
        var options = new MailOptions { Host = "127.0.0.1", Port = server.Port, Authority = _authority, From = "Le guichet <counter@example.org>" };
        using var sender = new MailSender(_store, options, _signal, _time, NullLogger<MailSender>.Instance);
        Assert.Equal(1, await sender.SendDueAsync(CancellationToken.None));
        return await server.NextMailAsync();
    }
}
