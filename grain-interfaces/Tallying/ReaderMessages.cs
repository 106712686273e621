using System.Collections.Immutable;
using Orleans;

namespace Actors.Tallying;

/// <summary>What a reader shall be from now on.</summary>
/// <param name="Campaign">Slug of its campaign; an existing reader keeps its own.</param>
/// <param name="Name">Its name, as shown to other readers; 1 to 200 characters.</param>
/// <param name="ReadableMetadata">Metadata keys it may read; 64 at most.</param>
/// <param name="Tally">Whether it tallies (the flag "pointage").</param>
/// <param name="OfflineRoster">Whether it may hold the certificates' data before scanning them.</param>
/// <param name="ValidityStart">Not usable before, or null.</param>
/// <param name="ValidityEnd">Not usable from then on, or null.</param>
/// <param name="Gate">The gate that it belongs to, 1 to 100 characters, or null.</param>
/// <param name="Direction">What its scans are.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.save-reader")]
public sealed record SaveReader(
    [property: Id(0)] string Campaign,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<string> ReadableMetadata,
    [property: Id(3)] bool Tally,
    [property: Id(4)] bool OfflineRoster,
    [property: Id(5)] DateTimeOffset? ValidityStart,
    [property: Id(6)] DateTimeOffset? ValidityEnd,
    [property: Id(7)] string? Gate = null,
    [property: Id(8)] ReaderDirection Direction = ReaderDirection.Entry);

/// <summary>What a reader's scans are. Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.tallying.reader-direction")]
public enum ReaderDirection
{
    /// <summary>Entries.</summary>
    Entry = 0,

    /// <summary>Exits.</summary>
    Exit = 1,

    /// <summary>Its operator chooses.</summary>
    Both = 2,
}

/// <summary>How saving a reader ended.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Reader">The reader as it is now, when saved.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.save-reader-outcome")]
public sealed record SaveReaderOutcome(
    [property: Id(0)] SaveReaderStatus Status,
    [property: Id(1)] ReaderInfo? Reader);

/// <summary>The ways in which saving a reader can end.</summary>
[GenerateSerializer, Alias("actors.tallying.save-reader-status")]
public enum SaveReaderStatus
{
    /// <summary>Saved.</summary>
    Saved,

    /// <summary>There is no such campaign.</summary>
    UnknownCampaign,

    /// <summary>The uuid belongs to a reader of another campaign.</summary>
    OtherCampaign,
}

/// <summary>A reader as the staff and its own page see it.</summary>
/// <param name="Id">Its uuid, which is its capability.</param>
/// <param name="Campaign">Slug of its campaign.</param>
/// <param name="Name">Its name.</param>
/// <param name="ReadableMetadata">Metadata keys it may read.</param>
/// <param name="Tally">Whether it tallies.</param>
/// <param name="OfflineRoster">Whether it may hold the certificates' data before scanning them.</param>
/// <param name="ValidityStart">Not usable before, or null.</param>
/// <param name="ValidityEnd">Not usable from then on, or null.</param>
/// <param name="Gate">The gate that it belongs to, or null.</param>
/// <param name="Direction">What its scans are.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.reader-info")]
public sealed record ReaderInfo(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Campaign,
    [property: Id(2)] string Name,
    [property: Id(3)] ImmutableArray<string> ReadableMetadata,
    [property: Id(4)] bool Tally,
    [property: Id(5)] bool OfflineRoster,
    [property: Id(6)] DateTimeOffset? ValidityStart,
    [property: Id(7)] DateTimeOffset? ValidityEnd,
    [property: Id(8)] string? Gate = null,
    [property: Id(9)] ReaderDirection Direction = ReaderDirection.Entry);

/// <summary>Whether a reader may be used now.</summary>
[GenerateSerializer, Alias("actors.tallying.reader-status")]
public enum ReaderStatus
{
    /// <summary>It may.</summary>
    Usable,

    /// <summary>There is no such reader.</summary>
    Unknown,

    /// <summary>It does not tally.</summary>
    NotTallying,

    /// <summary>Its validity has ended.</summary>
    Expired,

    /// <summary>Its validity has not begun.</summary>
    Early,
}
