using Actors.Tallying;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The columns of a row of the log, in the order in which queries ask for them.</summary>
internal static class TallyColumns
{
    public const int Count = 14;

    public const string All =
        "r.uuid, e.sequence, e.reader_name, e.event, e.certificate, e.time, e.reader_time, e.received_at, e.offset, e.outcome, e.type, e.offline, e.gate, e.related";

    public static LoggedScan ReadScan(SqliteRows rows, string campaign) => new(
        rows.Guid(0),
        rows.Int64(1),
        campaign,
        rows.Text(2),
        rows.Guid(3),
        rows.Guid(4),
        rows.Time(5),
        rows.Time(6),
        rows.Time(7),
        TimeSpan.FromTicks(rows.Int64(8)),
        (ScanOutcome)rows.Int64(9),
        (TallyEventType)rows.Int64(10),
        rows.Int64(11) != 0,
        rows.TextOrNull(12),
        rows.GuidOrNull(13));

    /// <summary>After the columns of a scan: position and winner.</summary>
    public static TallyEvent ReadEvent(SqliteRows rows) => new(
        rows.Int64(Count),
        rows.Guid(3),
        rows.Guid(4),
        rows.Guid(0),
        rows.Text(2),
        (TallyEventType)rows.Int64(10),
        (ScanOutcome)rows.Int64(9),
        rows.Time(5),
        rows.Time(6),
        rows.Time(7),
        TimeSpan.FromTicks(rows.Int64(8)),
        rows.GuidOrNull(13),
        rows.GuidOrNull(Count + 1),
        rows.Int64(11) != 0,
        rows.TextOrNull(12),
        Math.Max(0, rows.Int64(1)));
}
