using System.Text;

namespace Actors.Silo.Mail;

/// <summary>A conversation with a mail server (RFC 5321), encrypted and signed in as the settings say.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly MailOptions _options;
    private readonly SmtpChannel _channel;
    private IReadOnlyList<string> _extensions = [];

    private SmtpSession(MailOptions options, SmtpChannel channel)
    {
        _options = options;
        _channel = channel;
    }

    /// <summary>Opens a conversation that is ready for mails.</summary>
    /// <exception cref="SmtpException">The server is away, or does not offer what the settings ask for.</exception>
    public static async Task<SmtpSession> OpenAsync(MailOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = new SmtpSession(options, await SmtpChannel.ConnectAsync(options, time, cancellationToken));
        try
        {
            await session.BeginAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands one mail over for one recipient.</summary>
    public async Task<SmtpResult> SendAsync(string from, string to, string message, CancellationToken cancellationToken)
    {
        var bytes = Encoding.ASCII.GetBytes(DotStuff(message));
        var size = Has("SIZE") ? $" SIZE={bytes.Length}" : "";
        foreach (var command in new[] { $"MAIL FROM:<{from}>{size}", $"RCPT TO:<{to}>", "DATA" })
        {
            var reply = await _channel.AskAsync(command, cancellationToken);
            if (!reply.IsPositive)
            {
                await ResetAsync(reply, cancellationToken);
                return Judge(reply);
            }
        }

        await _channel.WriteAsync(bytes, cancellationToken);
        var taken = await _channel.ReadReplyAsync(cancellationToken);
        return taken.IsPositive ? SmtpResult.Taken : Judge(taken);
    }

    /// <summary>Says goodbye; the mails are safe whether or not the server hears it.</summary>
    public async Task QuitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _channel.AskAsync("QUIT", cancellationToken);
        }
        catch (SmtpException)
        {
            // the server left first
        }
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    /// <summary>A line that begins with a dot gets another, so that no line is the end; the end follows.</summary>
    internal static string DotStuff(string message)
    {
        var text = message.EndsWith("\r\n", StringComparison.Ordinal) ? message : message + "\r\n";
        text = text.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        return (text.StartsWith('.') ? "." : "") + text + ".\r\n";
    }

    private static SmtpResult Judge(SmtpReply reply) => new(reply.IsFinal ? SmtpVerdict.Refused : SmtpVerdict.Later, reply.ToString());

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_options.Security is MailSecurity.Tls)
        {
            await _channel.EncryptAsync(cancellationToken);
        }

        Expect(await _channel.ReadReplyAsync(cancellationToken), "greeting");
        await HelloAsync(cancellationToken);
        if (_options.Security is MailSecurity.StartTls)
        {
            if (!Has("STARTTLS"))
            {
                throw new SmtpException("the server offers no STARTTLS, and mail is not sent without encryption (setting Mail:Security)");
            }

            Expect(await _channel.AskAsync("STARTTLS", cancellationToken), "STARTTLS");
            await _channel.EncryptAsync(cancellationToken);
            await HelloAsync(cancellationToken);
        }

        if (_options.User is not null)
        {
            await SignInAsync(_options.User, _options.Password!, cancellationToken);
        }
    }

    private async Task HelloAsync(CancellationToken cancellationToken)
    {
        var name = System.Net.Dns.GetHostName();
        var reply = await _channel.AskAsync($"EHLO {(Uri.CheckHostName(name) is UriHostNameType.Dns ? name : "localhost")}", cancellationToken);
        Expect(reply, "EHLO");
        _extensions = [.. reply.Lines.Skip(1)];
    }

    private async Task SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var ways = _extensions.FirstOrDefault(line => line.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant().Split(' ') ?? [];
        SmtpReply reply;
        if (ways.Contains("PLAIN", StringComparer.Ordinal))
        {
            reply = await _channel.AskAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", cancellationToken);
        }
        else if (ways.Contains("LOGIN", StringComparer.Ordinal))
        {
            Expect(await _channel.AskAsync("AUTH LOGIN", cancellationToken), "AUTH");
            Expect(await _channel.AskAsync(Base64(user), cancellationToken), "AUTH");
            reply = await _channel.AskAsync(Base64(password), cancellationToken);
        }
        else
        {
            throw new SmtpException("the server offers neither AUTH PLAIN nor AUTH LOGIN, but Mail:User is set");
        }

        Expect(reply, "AUTH");
    }

    private async Task ResetAsync(SmtpReply reply, CancellationToken cancellationToken)
    {
        // 421: the server is closing the connection
        if (reply.Code == 421)
        {
            throw new SmtpException(reply.ToString());
        }

        Expect(await _channel.AskAsync("RSET", cancellationToken), "RSET");
    }

    private bool Has(string extension) => _extensions.Any(line =>
        line.Equals(extension, StringComparison.OrdinalIgnoreCase) || line.StartsWith(extension + " ", StringComparison.OrdinalIgnoreCase));

    private static void Expect(SmtpReply reply, string what)
    {
        if (!reply.IsPositive)
        {
            throw new SmtpException($"{what}: {reply}");
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
