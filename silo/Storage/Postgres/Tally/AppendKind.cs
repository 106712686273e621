using Actors.Tallying;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>
/// Appends to readers' logs. The readers' rows are locked by a statement of its own, so that the one that looks at heads
/// and known events and appends, all in one, sees what was committed before the lock.
/// </summary>
internal sealed class AppendKind : WriteKind
{
    public static readonly AppendKind Instance = new();

    private const string AddReaders =
        "INSERT INTO tally_reader (uuid) SELECT n.uuid FROM unnest($1::uuid[]) AS n(uuid) "
        + "WHERE NOT EXISTS (SELECT 1 FROM tally_reader r WHERE r.uuid = n.uuid) ON CONFLICT (uuid) DO NOTHING";
    private const string AddCampaigns =
        "INSERT INTO tally_campaign (slug) SELECT n.slug FROM unnest($1::text[]) AS n(slug) "
        + "WHERE NOT EXISTS (SELECT 1 FROM tally_campaign c WHERE c.slug = n.slug) ON CONFLICT (slug) DO NOTHING";
    private const string Lock =
        "SELECT count(*) FROM (SELECT 1 FROM tally_reader WHERE uuid = ANY ($1::uuid[]) ORDER BY uuid FOR NO KEY UPDATE) AS locked";
    private const string Append =
        """
        WITH n AS (
          SELECT n.*, c.id AS campaign, r.head, k.event IS NOT NULL AS known, row_number() OVER (PARTITION BY n.event ORDER BY n.i) AS copy
          FROM unnest($1::int[], $2::uuid[], $3::text[], $4::bigint[], $5::uuid[], $6::uuid[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::smallint[], $13::boolean[], $14::text[], $15::uuid[], $16::smallint[])
            WITH ORDINALITY AS n(item, reader, slug, sequence, event, certificate, time, reader_time, received_at, clock_offset, reader_name, type, offline, gate, related, outcome, i)
          JOIN tally_reader r ON r.uuid = n.reader
          JOIN tally_campaign c ON c.slug = n.slug
          LEFT JOIN tally_event_id k ON k.event = n.event),
        judged AS (SELECT n.*, bool_or(sequence <= head AND NOT known) OVER (PARTITION BY item) AS taken FROM n),
        fresh AS (SELECT * FROM judged WHERE NOT known AND NOT taken AND copy = 1),
        ids AS (INSERT INTO tally_event_id (event, reader, sequence, received_at) SELECT event, reader, sequence, received_at FROM fresh),
        log AS (
          INSERT INTO tally_event (reader, sequence, campaign, type, outcome, event, certificate, time, reader_time, received_at, clock_offset, reader_name, offline, gate, related)
          SELECT reader, sequence, campaign, type, outcome, event, certificate, time, reader_time, received_at, clock_offset, reader_name, offline, gate, related FROM fresh),
        heads AS (
          UPDATE tally_reader r SET head = f.head, received_at = greatest(r.received_at, f.received_at)
          FROM (SELECT reader, max(sequence) AS head, max(received_at) AS received_at FROM fresh GROUP BY reader) f WHERE r.uuid = f.reader)
        SELECT i, taken FROM judged WHERE known OR taken OR copy > 1
        """;
    internal const string Find =
        $"SELECT {TallyEventColumns.All}, c.slug FROM unnest($1::uuid[]) AS n(event) JOIN tally_event_id k ON k.event = n.event "
        + "JOIN tally_event e ON e.reader = k.reader AND e.sequence = k.sequence AND e.received_at = k.received_at JOIN tally_campaign c ON c.id = e.campaign";

    public override int Order => 5;

    public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes)
    {
        var readers = new Guid[writes.Count];
        var campaigns = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<(int Item, LoggedScan Scan)>();
        for (var i = 0; i < writes.Count; i++)
        {
            var write = (AppendWrite)writes[i];
            write.Begin();
            readers[i] = write.Key;
            campaigns.Add(write.Scans[0].Campaign);
            foreach (var scan in write.Scans)
            {
                rows.Add((i, scan));
            }
        }

        batch.Command(AddReaders).Add(readers, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        batch.Command(AddCampaigns).Add(campaigns.Order(StringComparer.Ordinal).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        batch.Command(Lock).Add(readers, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        batch.Command(Append)
            .Add(rows, NpgsqlDbType.Integer, static row => row.Item)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Scan.ReaderId)
            .Add(rows, NpgsqlDbType.Text, static row => row.Scan.Campaign)
            .Add(rows, NpgsqlDbType.Bigint, static row => row.Scan.Sequence)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Scan.EventId)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Scan.CertificateId)
            .Add(rows, NpgsqlDbType.Bigint, static row => PostgresColumns.Ticks(row.Scan.Time))
            .Add(rows, NpgsqlDbType.Bigint, static row => PostgresColumns.Ticks(row.Scan.ReaderTime))
            .Add(rows, NpgsqlDbType.Bigint, static row => PostgresColumns.Ticks(row.Scan.ReceivedAt))
            .Add(rows, NpgsqlDbType.Bigint, static row => row.Scan.Offset.Ticks)
            .Add(rows, NpgsqlDbType.Text, static row => row.Scan.ReaderName)
            .Add(rows, NpgsqlDbType.Smallint, static row => (short)row.Scan.Type)
            .Add(rows, NpgsqlDbType.Boolean, static row => row.Scan.Offline)
            .Add(rows, NpgsqlDbType.Text, static row => row.Scan.Gate)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Scan.RelatedEventId)
            .Add(rows, NpgsqlDbType.Smallint, static row => (short)row.Scan.Outcome);
    }

    public override async ValueTask ReadAsync(BatchAnswer answer, List<PostgresWrite> writes)
    {
        await answer.NextSetAsync();
        var rows = await answer.NextSetAsync();
        while (await rows.ReadAsync())
        {
            var (write, scan) = Locate(writes, (int)rows.GetInt64(0) - 1);
            if (rows.GetBoolean(1))
            {
                write.Error ??= TallyRows.SequenceTaken(write.Scans[scan]);
            }
            else
            {
                write.MarkKnown(scan);
            }
        }
    }

    public override async ValueTask CompleteAsync(NpgsqlConnection connection, List<PostgresWrite> writes)
    {
        var known = (
            from AppendWrite write in writes
            where write.Error is null
            from scan in Enumerable.Range(0, write.Scans.Length)
            where write.IsKnown(scan)
            select (Write: write, Scan: scan, write.Scans[scan].EventId)).ToLookup(row => row.EventId);
        if (known.Count > 0)
        {
            await using var command = new NpgsqlCommand(Find, connection);
            command.Parameters.With(known.Select(row => row.Key).ToArray());
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var found = TallyEventColumns.ReadScan(rows, rows.GetString(TallyEventColumns.Count));
                foreach (var row in known[found.EventId])
                {
                    row.Write.Find(row.Scan, found);
                }
            }
        }

        foreach (var write in writes.Cast<AppendWrite>())
        {
            write.End();
        }
    }

    private static (AppendWrite Write, int Scan) Locate(List<PostgresWrite> writes, int row)
    {
        foreach (var write in writes.Cast<AppendWrite>())
        {
            if (row < write.Scans.Length)
            {
                return (write, row);
            }

            row -= write.Scans.Length;
        }

        throw new InvalidOperationException("The database answered for a row that was not sent.");
    }
}
