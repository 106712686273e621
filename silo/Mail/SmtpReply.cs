namespace Actors.Silo.Mail;

/// <summary>An answer of the mail server.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Lines">Its text, a line each.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    /// <summary>Codes that say something of us and not of the mail: another day or other settings may help.</summary>
    public bool IsFinal => Code is >= 500 and not (530 or 534 or 535 or 538);

    public override string ToString() => $"{Code} {string.Join(' ', Lines)}";
}

/// <summary>What became of a mail that was offered to the server.</summary>
/// <param name="Verdict">What follows from it.</param>
/// <param name="Reason">Why, when it was not taken.</param>
internal readonly record struct SmtpResult(SmtpVerdict Verdict, string? Reason)
{
    public static readonly SmtpResult Taken = new(SmtpVerdict.Taken, null);
}

/// <summary>What follows from the server's answer.</summary>
internal enum SmtpVerdict
{
    /// <summary>The mail is the server's now.</summary>
    Taken,

    /// <summary>To be tried again.</summary>
    Later,

    /// <summary>Never.</summary>
    Refused,
}
