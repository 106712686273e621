using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Actors.Mail;

namespace Actors.Silo.Mail;

/// <summary>Writes a mail as RFC 5322 wants it, in ASCII, with lines that no server breaks. The same mail gives the same bytes.</summary>
internal static partial class MimeMessage
{
    private const string Eol = "\r\n";

    public static string Write(OutgoingMail mail, MailParty from, DateTimeOffset date)
    {
        var mark = Mark(mail.Id);
        var text = new StringBuilder();
        Header(text, "Date", date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(text, "From", Parties([from]));
        Header(text, "To", Parties(mail.To));
        if (!mail.Cc.IsDefaultOrEmpty)
        {
            Header(text, "Cc", Parties(mail.Cc));
        }

        if (mail.ReplyTo is not null)
        {
            Header(text, "Reply-To", Parties([mail.ReplyTo]));
        }

        Header(text, "Subject", MimeText.HeaderText(mail.Subject));
        // stable, so that a mail sent twice after a lost answer can be told to be one
        Header(text, "Message-ID", $"<{mark}@{from.Address[(from.Address.LastIndexOf('@') + 1)..]}>");
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "MIME-Version", "1.0");
        Body(text, mail, mark);
        return text.ToString();
    }

    private static void Body(StringBuilder text, OutgoingMail mail, string mark)
    {
        var attachments = mail.Attachments.IsDefault ? [] : mail.Attachments;
        if (mail.Calendar is { } calendar)
        {
            attachments = attachments.Add(new MailAttachment("invite.ics", "application/ics", Encoding.UTF8.GetBytes(calendar.Text)));
        }

        if (attachments.IsEmpty)
        {
            Alternatives(text, mail, mark);
            return;
        }

        // "=_" stands in no encoded part, so no content can end it
        var boundary = $"=_m{mark}";
        Header(text, "Content-Type", $"multipart/mixed;{Eol} boundary=\"{boundary}\"");
        text.Append(Eol).Append("--").Append(boundary).Append(Eol);
        Alternatives(text, mail, mark);
        foreach (var attachment in attachments)
        {
            text.Append("--").Append(boundary).Append(Eol);
            Header(text, "Content-Type", $"{(MediaType().IsMatch(attachment.ContentType) ? attachment.ContentType : "application/octet-stream")};{Eol} {MimeText.Parameter("name", attachment.FileName)}");
            Header(text, "Content-Disposition", $"attachment;{Eol} {MimeText.Parameter("filename", attachment.FileName)}");
            Header(text, "Content-Transfer-Encoding", "base64");
            text.Append(Eol).Append(MimeText.Base64(attachment.Content.Span));
        }

        text.Append("--").Append(boundary).Append("--").Append(Eol);
    }

    private static void Alternatives(StringBuilder text, OutgoingMail mail, string mark)
    {
        if (mail.Html is null && mail.Calendar is null)
        {
            Part(text, "plain", mail.Text);
            return;
        }

        var boundary = $"=_a{mark}";
        Header(text, "Content-Type", $"multipart/alternative;{Eol} boundary=\"{boundary}\"");
        text.Append(Eol).Append("--").Append(boundary).Append(Eol);
        Part(text, "plain", mail.Text);
        if (mail.Html is not null)
        {
            text.Append("--").Append(boundary).Append(Eol);
            Part(text, "html", mail.Html);
        }

        if (mail.Calendar is { } calendar)
        {
            text.Append("--").Append(boundary).Append(Eol);
            Calendar(text, calendar);
        }

        text.Append("--").Append(boundary).Append("--").Append(Eol);
    }

    private static void Part(StringBuilder text, string type, string content)
    {
        Header(text, "Content-Type", $"text/{type}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "quoted-printable");
        text.Append(Eol).Append(MimeText.QuotedPrintable(content));
    }

    /// <summary>The method stands in the type, too, or calendars pass over it (RFC 6047, section 2.4).</summary>
    private static void Calendar(StringBuilder text, MailCalendar calendar)
    {
        Header(text, "Content-Type", $"text/calendar; charset=utf-8; method={calendar.Method}");
        Header(text, "Content-Transfer-Encoding", "base64");
        text.Append(Eol).Append(MimeText.Base64(Encoding.UTF8.GetBytes(calendar.Text)));
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append(Eol);

    private static string Parties(IEnumerable<MailParty> parties) => string.Join($",{Eol} ", parties.Select(party =>
        string.IsNullOrWhiteSpace(party.Name) ? party.Address : $"{MimeText.DisplayName(party.Name)}{(party.Name!.Length + party.Address.Length > 40 ? Eol : "")} <{party.Address}>"));

    private static string Mark(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));

    [GeneratedRegex("^[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}$", RegexOptions.NonBacktracking)]
    private static partial Regex MediaType();
}
