using System.ComponentModel.DataAnnotations;

namespace Actors.Api.Tallying;

/// <summary>A campaign to make or rename.</summary>
/// <param name="Name">Its name, as shown.</param>
public sealed record SaveCampaign([property: Required, StringLength(200, MinimumLength = 1)] string Name);

/// <summary>A campaign.</summary>
/// <param name="Slug">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keys">The ids of its signing keys, the newest last.</param>
public sealed record CampaignAnswer(string Slug, string Name, IReadOnlyList<string> Keys);

/// <summary>A campaign's log in order of reception.</summary>
/// <param name="Events">The events.</param>
/// <param name="Cursor">Asks for what comes after.</param>
/// <param name="More">Whether there is more already.</param>
public sealed record EventsAnswer(IReadOnlyList<LoggedEvent> Events, string Cursor, bool More);

/// <summary>One event of the log.</summary>
/// <param name="EventId">Its uuid.</param>
/// <param name="CertificateId">The certificate.</param>
/// <param name="ReaderId">The reader through which it was first received.</param>
/// <param name="ReaderName">That reader's name then.</param>
/// <param name="Time">The corrected time that decides.</param>
/// <param name="ReaderTime">The reader's clock at the scan.</param>
/// <param name="ReceivedTime">When it was received.</param>
/// <param name="Type">seen or reorder.</param>
/// <param name="Outcome">The decision at reception; it never changes.</param>
/// <param name="Offset">Server clock minus reader clock at sending, in seconds.</param>
/// <param name="RelatedEventId">Of a reorder, the event that no longer counts as the first.</param>
/// <param name="WinnerEventId">Of a reorder, the event that does.</param>
public sealed record LoggedEvent(
    Guid EventId,
    Guid CertificateId,
    Guid ReaderId,
    string ReaderName,
    DateTimeOffset Time,
    DateTimeOffset ReaderTime,
    DateTimeOffset ReceivedTime,
    string Type,
    string Outcome,
    double Offset,
    Guid? RelatedEventId,
    Guid? WinnerEventId);

/// <summary>What was scanned so far.</summary>
/// <param name="Cursor">The position of the last event counted.</param>
/// <param name="Seen">All scans.</param>
/// <param name="Certificates">Certificates seen at least once.</param>
/// <param name="Reordered">How often an earlier scan took the place of the first.</param>
/// <param name="Outcomes">Scans by outcome.</param>
/// <param name="Readers">By reader.</param>
/// <param name="Hours">By hour of reception.</param>
public sealed record StatisticsAnswer(
    string Cursor,
    long Seen,
    long Certificates,
    long Reordered,
    IReadOnlyDictionary<string, long> Outcomes,
    IReadOnlyList<ReaderStatistics> Readers,
    IReadOnlyList<HourStatistics> Hours);

/// <summary>Scans of one reader.</summary>
/// <param name="ReaderId">The reader.</param>
/// <param name="ReaderName">Its name at its last scan.</param>
/// <param name="Seen">All its scans.</param>
/// <param name="First">Those that were the first.</param>
/// <param name="LastReceivedTime">When its last one was received.</param>
public sealed record ReaderStatistics(Guid ReaderId, string ReaderName, long Seen, long First, DateTimeOffset LastReceivedTime);

/// <summary>Scans of one hour.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Seen">All scans.</param>
/// <param name="First">Those that were the first.</param>
public sealed record HourStatistics(DateTimeOffset Start, long Seen, long First);

/// <summary>A certificate as the staff sees it.</summary>
/// <param name="Uuid">Its uuid.</param>
/// <param name="Data">Shown to every reader after a successful check.</param>
/// <param name="Metadata">Kept on the server.</param>
/// <param name="ValidityStart">Not valid before.</param>
/// <param name="ValidityEnd">Not valid from then on.</param>
/// <param name="Version">When this version was signed, seconds since the Unix epoch.</param>
/// <param name="Revoked">Whether it was revoked.</param>
/// <param name="Code">The code that a person can type.</param>
/// <param name="QrcodeUrl">The address of its QR code.</param>
public sealed record CertificateView(
    Guid Uuid,
    IReadOnlyDictionary<string, string> Data,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset? ValidityStart,
    DateTimeOffset? ValidityEnd,
    long Version,
    bool Revoked,
    string Code,
    string QrcodeUrl);
