using System.ComponentModel.DataAnnotations;

namespace Actors.Api.Tallying;

/// <summary>A campaign to make or rename.</summary>
/// <param name="Name">Its name, as shown.</param>
/// <param name="Capacity">How many may be inside at most; 0 when nobody shall count. Left out, it stays as it is.</param>
public sealed record SaveCampaign(
    [property: Required, StringLength(200, MinimumLength = 1)] string Name,
    [property: Range(0, 10_000_000)] int? Capacity = null);

/// <summary>A campaign.</summary>
/// <param name="Slug">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keys">The ids of its signing keys, the newest last.</param>
/// <param name="Capacity">How many may be inside at most, when somebody said.</param>
public sealed record CampaignAnswer(string Slug, string Name, IReadOnlyList<string> Keys, int? Capacity);

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
/// <param name="Type">seen, exit, undo, refused or reorder.</param>
/// <param name="Outcome">The decision at reception; it never changes.</param>
/// <param name="Offset">Server clock minus reader clock at sending, in seconds.</param>
/// <param name="RelatedEventId">Of a reorder, the event that no longer counts as the first; of an undo, the event that is taken back.</param>
/// <param name="WinnerEventId">Of a reorder, the event that does.</param>
/// <param name="Offline">Whether the page answered its scan by itself.</param>
/// <param name="Gate">The reader's gate then.</param>
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
    Guid? WinnerEventId,
    bool Offline,
    string? Gate);

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
