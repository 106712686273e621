using System.Text.Json.Nodes;
using Actors.Mail;
using Actors.Silo.Mail;
using Actors.Silo.Storage;
using Actors.TestKit.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Unit.Tests.Mail;

public sealed class MailSenderTests : IDisposable
{
    private static readonly object Account = new { user = "actors", password = "pass word" };
    private readonly string _authority = Path.GetTempFileName();
    private readonly ManualTimeProvider _time = new();
    private readonly MailSignal _signal = new();
    private readonly IMailStore _store = new ServiceCollection().AddMemoryStorage().BuildServiceProvider().GetRequiredService<IMailStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_StartTlsAndPlain_ArrivesWhole()
    {
        await using var server = await MailServer.StartAsync(_authority, new { user = "actors", password = "pass word", methods = new[] { "PLAIN" } });
        await QueueAsync(new OutgoingMail("m1", [new("ada@example.org", "Ada Lovelace, née Byron")], "Réunion d'été 🎉", "Bonjour,\n.\n..fin é\n")
        {
            Html = "<p>Bonjour &eacute; é</p>",
            Attachments = [new("rapport d'été.pdf", "application/pdf", new byte[5000])],
        });

        await SendAsync(Options(server, withAccount: true));

        var mail = await server.NextMailAsync();
        Assert.True((bool)mail["secure"]!);
        Assert.Equal("actors", (string?)mail["user"]);
        Assert.Equal("counter@example.org", (string?)mail["from"]);
        Assert.Equal("Réunion d'été 🎉", (string?)mail["subject"]);
        Assert.Equal("Le guichet", (string?)mail["sender"]!["name"]);
        Assert.Equal("Ada Lovelace, née Byron", (string?)mail["recipients"]![0]!["name"]);
        Assert.Equal("Bonjour,\n.\n..fin é\n", ((string)mail["text"]!).ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
        Assert.Contains("<p>Bonjour &eacute; é</p>", (string)mail["html"]!, StringComparison.Ordinal);
        Assert.Equal("""{"name":"rapport d'été.pdf","type":"application/pdf","size":5000}""", Unescaped(mail["attachments"]![0]!));
        Assert.Equal(MailState.Sent, (await ReadAsync("m1", "ada@example.org")).State);
    }

    [Fact]
    public async Task Send_ImplicitTlsAndLogin_Arrives()
    {
        await using var server = await MailServer.StartAsync(_authority, new { user = "actors", password = "pass word", methods = new[] { "LOGIN" }, secure = true });
        await QueueAsync(Plain("m1", "ada@example.org"));

        await SendAsync(Options(server, MailSecurity.Tls, withAccount: true));

        Assert.True((bool)(await server.NextMailAsync())["secure"]!);
    }

    [Fact]
    public async Task Send_ServerWithoutStartTls_WaitsAndSaysWhy()
    {
        await using var server = await MailServer.StartAsync(_authority, new { disabled = new[] { "STARTTLS" } });
        await QueueAsync(Plain("m1", "ada@example.org"));

        await SendAsync(Options(server));

        var row = await ReadAsync("m1", "ada@example.org");
        Assert.Equal(MailState.Queued, row.State);
        Assert.Contains("offers no STARTTLS", row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_CertificateOfAnotherAuthority_WaitsAndSaysWhy()
    {
        await using var server = await MailServer.StartAsync(_authority);
        await QueueAsync(Plain("m1", "ada@example.org"));
        var options = Options(server);
        options.Authority = null;

        await SendAsync(options);

        Assert.Contains("certificate is not good", (await ReadAsync("m1", "ada@example.org")).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WrongPassword_WaitsForBetterSettings()
    {
        await using var server = await MailServer.StartAsync(_authority, Account);
        await QueueAsync(Plain("m1", "ada@example.org"));
        var options = Options(server, withAccount: true);
        options.Password = "wrong";

        await SendAsync(options);

        var row = await ReadAsync("m1", "ada@example.org");
        Assert.Equal(MailState.Queued, row.State);
        Assert.Contains("535", row.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong\n", row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_OneRecipientRefused_IsFinalForThatOneOnly()
    {
        await using var server = await MailServer.StartAsync(_authority);
        await QueueAsync(Plain("m1", "nobody@example.org", "ada@example.org"));

        await SendAsync(Options(server));

        Assert.Equal("ada@example.org", (string?)(await server.NextMailAsync())["to"]![0]);
        Assert.Equal(MailState.Failed, (await ReadAsync("m1", "nobody@example.org")).State);
        Assert.Equal(MailState.Sent, (await ReadAsync("m1", "ada@example.org")).State);
    }

    [Fact]
    public async Task Send_RecipientDeferred_IsSentLaterUnderTheSameMessageId()
    {
        await using var server = await MailServer.StartAsync(_authority);
        await QueueAsync(Plain("m1", "later@example.org", "ada@example.org"));

        await SendAsync(Options(server));
        var first = await server.NextMailAsync();
        Assert.Equal(MailState.Queued, (await ReadAsync("m1", "later@example.org")).State);
        Assert.Equal(0, await SendAsync(Options(server)));
        _time.Advance(TimeSpan.FromMinutes(2));
        await SendAsync(Options(server));

        var second = await server.NextMailAsync();
        Assert.Equal("later@example.org", (string?)second["to"]![0]);
        Assert.Equal((string?)first["messageId"], (string?)second["messageId"]);
    }

    [Fact]
    public async Task Send_ServerAway_KeepsTheWholeBatch()
    {
        var options = new MailOptions { Host = "127.0.0.1", Port = 9, From = "counter@example.org" };
        await QueueAsync(Plain("m1", "a@example.org", "b@example.org"));

        await SendAsync(options);

        Assert.Equal(MailState.Queued, (await ReadAsync("m1", "a@example.org")).State);
        Assert.Equal(MailState.Queued, (await ReadAsync("m1", "b@example.org")).State);
    }

    [Fact]
    public async Task Enqueue_SameIdAgain_IsOneMail()
    {
        await using var server = await MailServer.StartAsync(_authority);
        await QueueAsync(Plain("m1", "ada@example.org"));
        await QueueAsync(Plain("m1", "ada@example.org"));

        Assert.Equal(1, await SendAsync(Options(server)));
        await QueueAsync(Plain("m1", "ada@example.org"));
        Assert.Equal(0, await SendAsync(Options(server)));
    }

    [Fact]
    public async Task Enqueue_AddressThatIsACommand_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => QueueAsync(Plain("m1", "a@example.org>\r\nDATA")));

    public void Dispose()
    {
        File.Delete(_authority);
        _signal.Dispose();
    }

    private static OutgoingMail Plain(string id, params string[] to) => new(id, [.. to.Select(address => new MailParty(address))], "Subject", "Text");

    private static string Unescaped(JsonNode node) =>
        node.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private MailOptions Options(MailServer server, MailSecurity security = MailSecurity.StartTls, bool withAccount = false) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Security = security,
        Authority = _authority,
        From = "Le guichet <counter@example.org>",
        User = withAccount ? "actors" : null,
        Password = withAccount ? "pass word" : null,
    };

    private Task QueueAsync(OutgoingMail mail) => new MailQueue(_store, _signal, _time).EnqueueAsync(mail, Stop).AsTask();

    private async Task<int> SendAsync(MailOptions options)
    {
        using var sender = new MailSender(_store, options, _signal, _time, NullLogger<MailSender>.Instance);
        return await sender.SendDueAsync(Stop);
    }

    private async Task<QueuedMail> ReadAsync(string id, string recipient) => (await _store.ReadAsync($"{id}>{recipient}", Stop))!;
}
