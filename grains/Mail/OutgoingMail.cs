using System.Collections.Immutable;

namespace Actors.Mail;

/// <summary>A mail to send.</summary>
/// <param name="Id">Names it for ever: the same id is the same mail.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">One line; line breaks become blanks.</param>
/// <param name="Text">The mail as plain text.</param>
public sealed record OutgoingMail(string Id, ImmutableArray<MailParty> To, string Subject, string Text)
{
    /// <summary>Who gets a copy.</summary>
    public ImmutableArray<MailParty> Cc { get; init; } = [];

    /// <summary>Who sends it; the setting Mail:From when null.</summary>
    public MailParty? From { get; init; }

    /// <summary>Where answers go, when not to the sender.</summary>
    public MailParty? ReplyTo { get; init; }

    /// <summary>The same mail as HTML, for those who show it.</summary>
    public string? Html { get; init; }

    /// <summary>An appointment that goes with it, or null.</summary>
    public MailCalendar? Calendar { get; init; }

    /// <summary>Files that go with it.</summary>
    public ImmutableArray<MailAttachment> Attachments { get; init; } = [];
}

/// <summary>Somebody with a mail address.</summary>
/// <param name="Address">The address alone, <c>a@example.org</c>; its part before the @ is ASCII.</param>
/// <param name="Name">The name to show with it.</param>
public sealed record MailParty(string Address, string? Name = null);

/// <summary>A file in a mail.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="ContentType">Its type, such as <c>application/pdf</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MailAttachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>An appointment in a mail: shown by calendars, and attached for those who read mail without one (RFC 6047).</summary>
/// <param name="Method">Its method in capital letters, as in its text: <c>PUBLISH</c> or <c>CANCEL</c> (RFC 5546).</param>
/// <param name="Text">The appointment as iCalendar (RFC 5545).</param>
public sealed record MailCalendar(string Method, string Text);
