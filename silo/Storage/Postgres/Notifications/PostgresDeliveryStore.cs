using System.Collections.Immutable;
using Actors.Notifications;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>What is to be sent, and what came of it, in PostgreSQL.</summary>
internal sealed class PostgresDeliveryStore(PostgresDatabase database) : IDeliveryStore
{
    private const string InQueue = "d.state < 2 AND d.origin = $1 AND d.part = $2";
    private const string DueColumns =
        "d.notification, d.user_id, d.device, d.kind, d.message, d.lane, d.origin, d.part, d.endpoint, d.p256dh, d.auth, d.queued, d.due, d.expires, m.content, d.attempts";
    private const string DueRows = $"SELECT {DueColumns} FROM push_delivery d JOIN push_message m ON m.id = d.message WHERE {InQueue}";
    private const string Due =
        $"SELECT * FROM (({DueRows} AND d.lane = 0 AND d.due <= $3 ORDER BY d.due LIMIT $4) "
        + $"UNION ALL ({DueRows} AND d.lane = 1 AND $5 >= 1 AND d.due <= $3 ORDER BY d.due LIMIT $4)) AS due ORDER BY lane, due LIMIT $4";
    private const string Next =
        $"SELECT least((SELECT min(d.due) FROM push_delivery d WHERE {InQueue} AND d.lane = 0), (SELECT min(d.due) FROM push_delivery d WHERE {InQueue} AND d.lane = 1))";

    // from queue to queue by the index, whatever waits in each
    private const string Queues =
        "WITH RECURSIVE queue AS ((SELECT origin, part FROM push_delivery WHERE state < 2 ORDER BY origin, part LIMIT 1) UNION ALL "
        + "SELECT n.origin, n.part FROM queue q CROSS JOIN LATERAL (SELECT d.origin, d.part FROM push_delivery d "
        + "WHERE d.state < 2 AND (d.origin, d.part) > (q.origin, q.part) ORDER BY d.origin, d.part LIMIT 1) AS n) "
        + "SELECT q.origin, q.part FROM queue q WHERE EXISTS (SELECT 1 FROM push_delivery d WHERE d.state < 2 AND d.origin = q.origin AND d.part = q.part AND d.lane = 0 AND d.due <= $1) "
        + "OR EXISTS (SELECT 1 FROM push_delivery d WHERE d.state < 2 AND d.origin = q.origin AND d.part = q.part AND d.lane = 1 AND d.due <= $1) LIMIT $2";
    private const string Record =
        "UPDATE push_delivery d SET state = r.state, attempts = d.attempts + r.attempt, last_status = CASE WHEN r.attempt = 1 THEN r.status ELSE d.last_status END, "
        + "last_attempt = CASE WHEN r.attempt = 1 THEN r.at ELSE d.last_attempt END, due = r.due "
        + "FROM unnest($1::text[], $2::text[], $3::smallint[], $4::smallint[], $5::integer[], $6::integer[], $7::bigint[], $8::bigint[]) "
        + "AS r (notification, device, kind, state, attempt, status, at, due) "
        + "WHERE d.notification = r.notification AND d.device = r.device AND d.kind = r.kind AND d.state < 2";
    private const string List =
        "SELECT notification, user_id, device, state, attempts, last_status, last_attempt, shown_at FROM push_delivery WHERE notification = $1 AND kind = 0 ORDER BY device LIMIT $2";
    private const string Count = "SELECT state, count(*) FROM push_delivery WHERE message = $1 AND kind = 0 GROUP BY state ORDER BY state";
    private const string Success = "SELECT device, max(last_attempt) FROM push_delivery WHERE user_id = $1 AND state = 2 GROUP BY device ORDER BY device";
    private const string Redirect = "UPDATE push_delivery SET origin = $3, part = $4, endpoint = $5, p256dh = $6, auth = $7 WHERE user_id = $1 AND device = $2 AND state < 2";
    private const string Cancel = "UPDATE push_delivery SET state = 5 WHERE user_id = $1 AND device = $2 AND state < 2";
    private const string Shown = "UPDATE push_delivery SET shown_at = coalesce(shown_at, $3) WHERE notification = $1 AND device = $2 AND kind = 0 RETURNING 1";
    private const string Lengths = "SELECT origin, count(*), min(queued) FROM push_delivery WHERE state < 2 GROUP BY origin ORDER BY origin LIMIT $1";
    private const string Delete =
        "DELETE FROM push_delivery WHERE place IN (SELECT place FROM (SELECT place, queued FROM push_delivery ORDER BY place LIMIT $2) AS first WHERE queued < $1) RETURNING 1";

    public ValueTask<ImmutableArray<DueDelivery>> ReadDueAsync(
        PushQueueKey queue, DeliveryLane maxLane, DateTimeOffset now, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        Due,
        parameters => parameters.With(queue.Origin).With((short)queue.Part).With(PostgresColumns.Ticks(now)).With((long)limit).With((int)maxLane),
        rows => rows.ListAsync(DueRow, cancellationToken),
        cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(PushQueueKey queue, CancellationToken cancellationToken) => database.ReadAsync(
        Next, parameters => parameters.With(queue.Origin).With((short)queue.Part),
        async rows => await rows.ReadAsync(cancellationToken) ? rows.TimeOrNull(0) : null, cancellationToken);

    public ValueTask<ImmutableArray<PushQueueKey>> QueuesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        Queues, parameters => parameters.With(PostgresColumns.Ticks(now)).With((long)limit),
        rows => rows.ListAsync(row => new PushQueueKey(row.GetString(0), row.GetInt16(1)), cancellationToken), cancellationToken);

    public ValueTask RecordAsync(ImmutableArray<DeliveryResult> results, CancellationToken cancellationToken)
    {
        List<DeliveryResult> rows = [.. results];
        return rows.Count == 0
            ? ValueTask.CompletedTask
            : database.WriteAsync(
                $"delivery:{rows[0].Notification}:{rows[0].Device}",
                batch => batch.Command(Record)
                    .Add(rows, NpgsqlDbType.Text, row => row.Notification)
                    .Add(rows, NpgsqlDbType.Text, row => row.Device)
                    .Add(rows, NpgsqlDbType.Smallint, row => (short)row.Kind)
                    .Add(rows, NpgsqlDbType.Smallint, row => (short)row.State)
                    .Add(rows, NpgsqlDbType.Integer, row => row.IsAttempt ? 1 : 0)
                    .Add(rows, NpgsqlDbType.Integer, row => row.Status)
                    .Add(rows, NpgsqlDbType.Bigint, row => PostgresColumns.Ticks(row.At))
                    .Add(rows, NpgsqlDbType.Bigint, row => PostgresColumns.Ticks(row.Due)),
                cancellationToken);
    }

    public ValueTask<ImmutableArray<DeliveryInfo>> ListAsync(string notification, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        List, parameters => parameters.With(notification).With((long)limit),
        rows => rows.ListAsync(
            row => new DeliveryInfo(
                row.GetString(0), row.GetString(1), row.GetString(2), (DeliveryState)row.GetInt16(3), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetInt32(5),
                row.TimeOrNull(6), row.TimeOrNull(7)),
            cancellationToken),
        cancellationToken);

    public ValueTask<ImmutableArray<DeliveryCount>> CountAsync(string message, CancellationToken cancellationToken) => database.ReadAsync(
        Count, parameters => parameters.With(message),
        rows => rows.ListAsync(row => new DeliveryCount((DeliveryState)row.GetInt16(0), row.GetInt64(1)), cancellationToken), cancellationToken);

    public ValueTask<ImmutableArray<DeviceSuccess>> LastSuccessAsync(string user, CancellationToken cancellationToken) => database.ReadAsync(
        Success, parameters => parameters.With(user), rows => rows.ListAsync(row => new DeviceSuccess(row.GetString(0), row.Time(1)), cancellationToken), cancellationToken);

    public ValueTask RedirectAsync(string user, string device, PushTarget target, CancellationToken cancellationToken) => database.WriteAsync(
        DeviceKey(user, device),
        batch => batch.Command(Redirect)
            .With(user).With(device).With(target.Queue.Origin).WithSmall(target.Queue.Part).With(target.Endpoint)
            .With(target.P256dh.ToArray()).With(target.Auth.ToArray()),
        cancellationToken);

    public ValueTask CancelAsync(string user, string device, CancellationToken cancellationToken) =>
        database.WriteAsync(DeviceKey(user, device), batch => batch.Command(Cancel).With(user).With(device), cancellationToken);

    public ValueTask<bool> ShownAsync(string notification, string device, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        $"delivery:{notification}:{device}", (batch, _) => batch.Command(Shown).With(notification).With(device).With(at), StatementAnswers.AnyAsync, cancellationToken);

    public ValueTask<ImmutableArray<QueueLength>> LengthsAsync(int limit, CancellationToken cancellationToken) => database.ReadAsync(
        Lengths, parameters => parameters.With((long)limit),
        rows => rows.ListAsync(row => new QueueLength(row.GetString(0), row.GetInt64(1), row.Time(2)), cancellationToken), cancellationToken);

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => database.WriteSharedAsync(
        new StatementWrite<int>(Guid.Empty, (batch, _) => batch.Command(Delete).With(before).With((long)limit), StatementAnswers.CountAsync, cancellationToken));

    private static string DeviceKey(string user, string device) => $"device:{device}:{user}";

    private static DueDelivery DueRow(NpgsqlDataReader row) => new(
        new NewDelivery(
            row.GetString(0), row.GetString(1), row.GetString(2), (DeliveryKind)row.GetInt16(3), row.GetString(4), (DeliveryLane)row.GetInt16(5),
            new PushTarget(new PushQueueKey(row.GetString(6), row.GetInt16(7)), row.GetString(8), row.GetFieldValue<byte[]>(9), row.GetFieldValue<byte[]>(10)),
            row.Time(11), row.Time(12), row.Time(13)),
        row.GetFieldValue<byte[]>(14), row.GetInt32(15));
}
