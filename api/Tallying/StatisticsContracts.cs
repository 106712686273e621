namespace Actors.Api.Tallying;

/// <summary>What was scanned so far.</summary>
/// <param name="Cursor">The position of the last event counted.</param>
/// <param name="Seen">All scans.</param>
/// <param name="Certificates">Certificates seen at least once.</param>
/// <param name="Reordered">How often an earlier scan took the place of the first.</param>
/// <param name="Outcomes">Scans by outcome.</param>
/// <param name="Readers">By reader.</param>
/// <param name="Hours">By hour of reception.</param>
/// <param name="Inside">Certificates inside now.</param>
/// <param name="Entries">Entries, less those taken back.</param>
/// <param name="Exits">Exits, less those taken back.</param>
/// <param name="Capacity">How many may be inside at most, when somebody said.</param>
/// <param name="Gates">By gate.</param>
/// <param name="Quarters">By quarter of an hour, by the corrected time of the scans; a week's at most.</param>
public sealed record StatisticsAnswer(
    string Cursor,
    long Seen,
    long Certificates,
    long Reordered,
    IReadOnlyDictionary<string, long> Outcomes,
    IReadOnlyList<ReaderStatistics> Readers,
    IReadOnlyList<HourStatistics> Hours,
    long Inside,
    long Entries,
    long Exits,
    int? Capacity,
    IReadOnlyList<GateStatistics> Gates,
    IReadOnlyList<QuarterStatistics> Quarters);

/// <summary>What passed a gate.</summary>
/// <param name="Gate">Its name.</param>
/// <param name="Entries">Entries through it.</param>
/// <param name="Exits">Exits through it.</param>
public sealed record GateStatistics(string Gate, long Entries, long Exits);

/// <summary>What happened in a quarter of an hour.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Seen">All scans.</param>
/// <param name="Entries">Entries, less those taken back in it.</param>
/// <param name="Exits">Exits, less those taken back in it.</param>
/// <param name="Refused">Scans and codes that were refused.</param>
public sealed record QuarterStatistics(DateTimeOffset Start, long Seen, long Entries, long Exits, long Refused);

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
