namespace Actors.TestKit.Histories;

/// <summary>An answer that a client got for a scan; one that is repeated has several.</summary>
/// <param name="Certificate">What was scanned.</param>
/// <param name="Event">The scan's own id, kept when it is handed in again.</param>
/// <param name="Outcome">The answer, as on the wire.</param>
/// <param name="IsOnline">Whether somebody waited for it at the door; false for what was scanned offline and handed in later.</param>
public sealed record AnsweredScan(Guid Certificate, Guid Event, string Outcome, bool IsOnline)
{
    /// <summary>Who gets it may come in.</summary>
    public const string First = "first";

    /// <summary>No answer at all: the client hands the scan in again.</summary>
    public const string Unconfirmed = "unconfirmed";
}

/// <summary>A scan as the log has it.</summary>
/// <param name="Certificate">What was scanned.</param>
/// <param name="Event">The scan's own id.</param>
/// <param name="Outcome">The decision; <see cref="AnsweredScan.Unconfirmed"/> while there is none.</param>
public sealed record StoredScan(Guid Certificate, Guid Event, string Outcome);
