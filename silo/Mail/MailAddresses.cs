using System.Globalization;
using System.Net.Mail;
using Actors.Mail;

namespace Actors.Silo.Mail;

/// <summary>Brings addresses into the form that any mail server takes.</summary>
internal static class MailAddresses
{
    private const int MaxLength = 254;

    /// <summary>The address with its domain in ASCII; nothing that could end a command or a header gets through.</summary>
    public static MailParty Normalize(MailParty party)
    {
        var at = party.Address.LastIndexOf('@');
        if (at <= 0 || !MailAddress.TryCreate(party.Address, out var parsed) || parsed.Address != party.Address)
        {
            throw Refuse(party);
        }

        var (local, domain) = (party.Address[..at], ToAscii(party.Address[(at + 1)..]) ?? throw Refuse(party));
        var address = $"{local}@{domain}";
        return address.Length <= MaxLength && address.All(c => c is > ' ' and < '\x7F' and not ('<' or '>' or '\\' or '"'))
            ? party with { Address = address }
            : throw Refuse(party);
    }

    /// <summary>Reads <c>The counter &lt;counter@example.org&gt;</c>.</summary>
    public static MailParty Parse(string text)
    {
        var parsed = new MailAddress(text);
        return Normalize(new MailParty(parsed.Address, parsed.DisplayName is { Length: > 0 } name ? name : null));
    }

    /// <summary>Whether <see cref="Parse"/> takes it.</summary>
    public static bool IsValid(string text)
    {
        try
        {
            Parse(text);
            return true;
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            // said by the answer
            return false;
        }
    }

    private static string? ToAscii(string domain)
    {
        try
        {
            return new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // no domain name: the caller says so in its own words
            return null;
        }
    }

    private static ArgumentException Refuse(MailParty party) => new($"'{party.Address.ReplaceLineEndings(" ")}' is no mail address.", nameof(party));
}
