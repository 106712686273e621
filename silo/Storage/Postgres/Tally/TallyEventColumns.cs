using Actors.Tallying;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The columns of a row of the log, in the order in which queries ask for them.</summary>
internal static class TallyEventColumns
{
    public const int Count = 14;

    public const string All =
        "e.reader, e.sequence, e.reader_name, e.event, e.certificate, e.time, e.reader_time, e.received_at, e.clock_offset, e.outcome, e.type, e.offline, e.gate, e.related";

    public static LoggedScan ReadScan(NpgsqlDataReader row, string campaign) => new(
        row.GetGuid(0),
        row.GetInt64(1),
        campaign,
        row.GetString(2),
        row.GetGuid(3),
        row.GetGuid(4),
        row.Time(5),
        row.Time(6),
        row.Time(7),
        TimeSpan.FromTicks(row.GetInt64(8)),
        (ScanOutcome)row.GetInt16(9),
        (TallyEventType)row.GetInt16(10),
        row.GetBoolean(11),
        row.TextOrNull(12),
        row.GuidOrNull(13));

    /// <summary>After the columns of a scan: position and winner.</summary>
    public static TallyEvent ReadEvent(NpgsqlDataReader row) => new(
        row.GetInt64(Count),
        row.GetGuid(3),
        row.GetGuid(4),
        row.GetGuid(0),
        row.GetString(2),
        (TallyEventType)row.GetInt16(10),
        (ScanOutcome)row.GetInt16(9),
        row.Time(5),
        row.Time(6),
        row.Time(7),
        TimeSpan.FromTicks(row.GetInt64(8)),
        row.GuidOrNull(13),
        row.GuidOrNull(Count + 1),
        row.GetBoolean(11),
        row.TextOrNull(12),
        Math.Max(0, row.GetInt64(1)));
}
