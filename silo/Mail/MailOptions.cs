using System.ComponentModel.DataAnnotations;
using Actors.Silo.Settings;

namespace Actors.Silo.Mail;

/// <summary>The server that takes our mail. Without a host, mail is queued and waits.</summary>
public sealed class MailOptions : ISettings
{
    private const int SubmissionPort = 587;
    private const int SubmissionTlsPort = 465;
    private const int RelayPort = 25;

    /// <inheritdoc/>
    public static string Section => "Mail";

    /// <summary>Name or address of the server. Default: none.</summary>
    public string? Host { get; set; }

    /// <summary>Its port. Default: 587 for starttls, 465 for tls, 25 for none.</summary>
    [Range(1, 65535, ErrorMessage = "{0} must be a port, {1} to {2}")]
    public int? Port { get; set; }

    /// <summary>starttls (required, never passed over), tls (from the first byte) or none. Default: starttls.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>The account, when the server wants one. Default: none.</summary>
    public string? User { get; set; }

    /// <summary>Its password. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>A file with the authority (PEM) that signed the server's certificate, when the system does not know it. Default: none.</summary>
    public string? Authority { get; set; }

    /// <summary>Sender of mails that name none, <c>counter@example.org</c> or <c>The counter &lt;counter@example.org&gt;</c>. Default: none; needed with a host.</summary>
    public string? From { get; set; }

    /// <summary>The longest wait for one answer of the server. Default: 00:00:30.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The port in use.</summary>
    public int EffectivePort => Port ?? Security switch
    {
        MailSecurity.Tls => SubmissionTlsPort,
        MailSecurity.StartTls => SubmissionPort,
        _ => RelayPort,
    };

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Host is not null && Uri.CheckHostName(Host) is UriHostNameType.Unknown)
        {
            yield return $"Mail:Host is '{Host}', which is no name and no address of a machine.";
        }

        if (Host is not null && From is null)
        {
            yield return "Mail:From is missing: with Mail:Host, say who sends.";
        }

        if (From is not null && !MailAddresses.IsValid(From))
        {
            yield return $"Mail:From is '{From}', which is no mail address.";
        }

        if ((User is null) != (Password is null))
        {
            yield return $"Mail:{(User is null ? "User" : "Password")} is missing: Mail:User and Mail:Password go together.";
        }

        if (Authority is not null && !File.Exists(Authority))
        {
            yield return $"Mail:Authority is '{Authority}', but there is no such file.";
        }

        if (User is not null && Security is MailSecurity.None && Host is not ("localhost" or "127.0.0.1" or "::1"))
        {
            yield return "Mail:Security is none, but a password must not cross the network unencrypted: use starttls or tls.";
        }
    }
}

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Plain at first, encrypted before anything is said; a server without it is refused.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not at all.</summary>
    None,
}
