using Actors.Tallying;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>
/// Gives decided rows their places. The campaigns' heads are locked by a statement of its own, and until the commit: what
/// is placed later is also committed later, so that a cursor misses nothing.
/// </summary>
internal sealed class DecideKind : WriteKind
{
    public static readonly DecideKind Instance = new();

    private const string Lock =
        "SELECT count(*) FROM (SELECT 1 FROM tally_campaign WHERE slug = ANY ($1::text[]) ORDER BY slug FOR NO KEY UPDATE) AS locked";
    private const string Decide =
        """
        WITH n AS (
          SELECT n.*, c.id AS campaign, coalesce(c.head, 0) AS head, e.event IS NULL AS missing, e.position IS NOT NULL AS placed,
            k.event IS NOT NULL AS reordered, row_number() OVER (PARTITION BY n.event ORDER BY n.i) AS copy,
            e.certificate, e.time, e.reader_time, e.clock_offset, e.reader_name, e.offline, e.gate
          FROM unnest($1::int[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::smallint[], $8::uuid[], $9::uuid[])
            WITH ORDINALITY AS n(item, slug, reader, sequence, received_at, event, outcome, displaced, reorder, i)
          LEFT JOIN tally_campaign c ON c.slug = n.slug
          LEFT JOIN tally_event e ON e.reader = n.reader AND e.sequence = n.sequence AND e.received_at = n.received_at AND e.event = n.event
          LEFT JOIN tally_event_id k ON k.event = n.reorder),
        judged AS (
          SELECT n.*, bool_or(missing) OVER (PARTITION BY item) AS bad, row_number() OVER (PARTITION BY reorder ORDER BY i) AS reorder_copy FROM n),
        steps AS (
          SELECT *, 1 AS part FROM judged WHERE NOT bad AND NOT placed AND copy = 1
          UNION ALL
          SELECT *, 2 AS part FROM judged WHERE NOT bad AND reorder IS NOT NULL AND NOT reordered AND reorder_copy = 1),
        places AS (
          SELECT *, greatest(head + 1, $10::bigint) + row_number() OVER (PARTITION BY campaign ORDER BY i, part) - 1 AS position FROM steps),
        seen AS (
          UPDATE tally_event e SET position = p.position, outcome = p.outcome FROM places p
          WHERE p.part = 1 AND e.reader = p.reader AND e.sequence = p.sequence AND e.received_at = p.received_at),
        ids AS (
          INSERT INTO tally_event_id (event, reader, sequence, received_at) SELECT reorder, reader, -position, received_at FROM places WHERE part = 2),
        reorders AS (
          INSERT INTO tally_event (reader, sequence, campaign, position, type, outcome, event, certificate, time, reader_time, received_at, clock_offset, reader_name, related, winner, offline, gate)
          SELECT reader, -position, campaign, position, 2, outcome, reorder, certificate, time, reader_time, received_at, clock_offset, reader_name, displaced, event, offline, gate
          FROM places WHERE part = 2),
        heads AS (
          UPDATE tally_campaign c SET head = p.head FROM (SELECT campaign, max(position) AS head FROM places GROUP BY campaign) p WHERE c.id = p.campaign)
        SELECT i, part, position, head FROM places
        UNION ALL
        SELECT i, CASE WHEN bad AND missing THEN -1 ELSE 0 END, 0, head FROM judged
        ORDER BY 1, 2
        """;

    public override int Order => 7;

    // In the order of arrival.
    public override void Sort(List<PostgresWrite> writes)
    {
    }

    public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes)
    {
        var rows = Rows(writes);
        var campaigns = writes.Select(write => ((DecideWrite)write).Campaign).Distinct(StringComparer.Ordinal).ToArray();
        batch.Command(Lock).Add(campaigns, NpgsqlDbType.Array | NpgsqlDbType.Text);
        batch.Command(Decide)
            .Add(rows, NpgsqlDbType.Integer, static row => row.Item)
            .Add(rows, NpgsqlDbType.Text, static row => row.Scan.Campaign)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Scan.ReaderId)
            .Add(rows, NpgsqlDbType.Bigint, static row => row.Scan.Sequence)
            .Add(rows, NpgsqlDbType.Bigint, static row => PostgresColumns.Ticks(row.Scan.ReceivedAt))
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Scan.EventId)
            .Add(rows, NpgsqlDbType.Smallint, static row => (short)row.Scan.Outcome)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Displaced)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Displaced is { } loser ? TallyRows.ReorderId(loser, row.Scan.EventId) : (Guid?)null)
            .Add(Now(writes), NpgsqlDbType.Bigint);
    }

    public override async ValueTask ReadAsync(BatchAnswer answer, List<PostgresWrite> writes)
    {
        await answer.NextSetAsync();
        var decisions = Rows(writes);
        var after = new long[writes.Count];
        foreach (var write in writes.Cast<DecideWrite>())
        {
            write.Error = null;
            write.Placed.Clear();
        }

        var rows = await answer.NextSetAsync();
        while (await rows.ReadAsync())
        {
            var (item, scan, displaced) = decisions[(int)rows.GetInt64(0) - 1];
            var write = (DecideWrite)writes[item];
            var position = rows.GetInt64(2);
            after[item] = rows.GetInt64(3);
            switch (rows.GetInt32(1))
            {
                case -1:
                    write.Error ??= TallyRows.NotAppended(scan);
                    break;
                case 1:
                    write.Placed.Add(TallyRows.Placed(scan, position));
                    break;
                case 2:
                    write.Placed.Add(TallyRows.Reorder(scan, displaced!.Value, position));
                    break;
                default:
                    break;
            }
        }

        Chain(writes, after);
    }

    // Each write of a campaign follows the one before it in the batch.
    private static void Chain(List<PostgresWrite> writes, long[] after)
    {
        var heads = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < writes.Count; i++)
        {
            var write = (DecideWrite)writes[i];
            var head = heads.TryGetValue(write.Campaign, out var before) ? before : after[i];
            write.Result = new PlacedScans(head, [.. write.Placed]);
            heads[write.Campaign] = write.Placed.Count > 0 ? write.Placed[^1].Position : head;
        }
    }

    private static List<(int Item, LoggedScan Scan, Guid? Displaced)> Rows(List<PostgresWrite> writes)
    {
        var rows = new List<(int, LoggedScan, Guid?)>();
        for (var i = 0; i < writes.Count; i++)
        {
            foreach (var (scan, displaced) in ((DecideWrite)writes[i]).Decisions)
            {
                rows.Add((i, scan, displaced));
            }
        }

        return rows;
    }

    private static long Now(List<PostgresWrite> writes) => TallyRows.NextPosition(0, ((DecideWrite)writes[0]).Time.GetUtcNow());
}
