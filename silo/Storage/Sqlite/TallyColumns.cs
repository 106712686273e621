using Actors.Tallying;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The columns of a row of the log, in the order in which queries ask for them.</summary>
internal static class TallyColumns
{
    public const int Count = 10;

    public const string All =
        "r.uuid, e.sequence, e.reader_name, e.event, e.certificate, e.time, e.reader_time, e.received_at, e.offset, e.outcome";

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
        (ScanOutcome)rows.Int64(9));

    /// <summary>After the columns of a scan: position, type, related, winner.</summary>
    public static TallyEvent ReadEvent(SqliteRows rows) => new(
        rows.Int64(Count),
        rows.Guid(3),
        rows.Guid(4),
        rows.Guid(0),
        rows.Text(2),
        (TallyEventType)rows.Int64(Count + 1),
        (ScanOutcome)rows.Int64(9),
        rows.Time(5),
        rows.Time(6),
        rows.Time(7),
        TimeSpan.FromTicks(rows.Int64(8)),
        rows.GuidOrNull(Count + 2),
        rows.GuidOrNull(Count + 3));
}
