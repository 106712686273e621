using System.Collections.Immutable;
using Orleans;

namespace Actors.Tallying;

/// <summary>What was scanned in a campaign so far.</summary>
/// <param name="Cursor">The position of the last event counted.</param>
/// <param name="Seen">All scans.</param>
/// <param name="Reordered">How often an earlier scan took the place of the first.</param>
/// <param name="Outcomes">Scans by outcome; scans that were first are as many as certificates seen.</param>
/// <param name="Readers">By reader, 1,000 at most.</param>
/// <param name="Hours">By hour of reception, the last 168 hours in which there was a scan.</param>
/// <param name="Counters">Who is inside.</param>
/// <param name="Quarters">By quarter of an hour of the corrected time, the last 672 in which something happened.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.campaign-statistics")]
public sealed record CampaignStatistics(
    [property: Id(0)] long Cursor,
    [property: Id(1)] long Seen,
    [property: Id(2)] long Reordered,
    [property: Id(3)] ImmutableArray<OutcomeCount> Outcomes,
    [property: Id(4)] ImmutableArray<ReaderCount> Readers,
    [property: Id(5)] ImmutableArray<HourCount> Hours,
    [property: Id(6)] CampaignCounters Counters,
    [property: Id(7)] ImmutableArray<QuarterCount> Quarters);

/// <summary>What happened in a quarter of an hour.</summary>
/// <param name="Start">When it began, UTC.</param>
/// <param name="Seen">All scans.</param>
/// <param name="Entries">Entries, less those that were taken back in it.</param>
/// <param name="Exits">Exits, less those that were taken back in it.</param>
/// <param name="Refused">Scans and codes that were refused.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.quarter-count")]
public sealed record QuarterCount(
    [property: Id(0)] DateTimeOffset Start,
    [property: Id(1)] long Seen,
    [property: Id(2)] long Entries,
    [property: Id(3)] long Exits,
    [property: Id(4)] long Refused);

/// <summary>Scans of one outcome.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.outcome-count")]
public sealed record OutcomeCount(
    [property: Id(0)] ScanOutcome Outcome,
    [property: Id(1)] long Count);

/// <summary>Scans of one reader.</summary>
/// <param name="ReaderId">The reader.</param>
/// <param name="ReaderName">Its name at its last scan.</param>
/// <param name="Seen">All its scans.</param>
/// <param name="First">Those that were the first.</param>
/// <param name="LastReceivedAt">When its last one was received.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.reader-count")]
public sealed record ReaderCount(
    [property: Id(0)] Guid ReaderId,
    [property: Id(1)] string ReaderName,
    [property: Id(2)] long Seen,
    [property: Id(3)] long First,
    [property: Id(4)] DateTimeOffset LastReceivedAt);

/// <summary>Scans of one hour.</summary>
/// <param name="Start">When the hour began, UTC.</param>
/// <param name="Seen">All scans received in it.</param>
/// <param name="First">Those that were the first.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.hour-count")]
public sealed record HourCount(
    [property: Id(0)] DateTimeOffset Start,
    [property: Id(1)] long Seen,
    [property: Id(2)] long First);
