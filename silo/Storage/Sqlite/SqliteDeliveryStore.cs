using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>What is to be sent, and what came of it, in the embedded database.</summary>
internal sealed class SqliteDeliveryStore(SqliteDatabase database) : IDeliveryStore
{
    private const int MaxQueues = 10_000;
    private const string Waiting = "state < 2";
    private const string InQueue = "d.state < 2 AND d.origin = ?1 AND d.part = ?2 AND d.lane = ?3";
    private static readonly Sql s_due = new(
        "SELECT d.notification, d.user_id, d.device, d.kind, d.message, d.lane, d.origin, d.part, d.endpoint, d.p256dh, d.auth, d.queued, d.due, d.expires, m.content, d.attempts "
        + $"FROM push_delivery d JOIN push_message m ON m.id = d.message WHERE {InQueue} AND d.due <= ?4 ORDER BY d.due LIMIT ?5");
    private static readonly Sql s_next = new($"SELECT min(d.due) FROM push_delivery d WHERE {InQueue}");
    private static readonly Sql s_queue = new(
        $"SELECT origin, part FROM push_delivery WHERE {Waiting} AND (origin, part) > (?1, ?2) ORDER BY origin, part LIMIT 1");
    private static readonly Sql s_record = new(
        "UPDATE push_delivery SET state = ?4, attempts = attempts + ?5, last_status = CASE WHEN ?5 = 1 THEN ?6 ELSE last_status END, "
        + "last_attempt = CASE WHEN ?5 = 1 THEN ?7 ELSE last_attempt END, due = ?8 WHERE notification = ?1 AND device = ?2 AND kind = ?3 AND " + Waiting);
    private static readonly Sql s_list = new(
        "SELECT notification, user_id, device, state, attempts, last_status, last_attempt, shown_at FROM push_delivery "
        + "WHERE notification = ?1 AND kind = 0 ORDER BY device LIMIT ?2");
    private static readonly Sql s_count = new("SELECT state, count(*) FROM push_delivery WHERE message = ?1 AND kind = 0 GROUP BY state ORDER BY state");
    private static readonly Sql s_success = new("SELECT device, max(last_attempt) FROM push_delivery WHERE user_id = ?1 AND state = 2 GROUP BY device ORDER BY device");
    private static readonly Sql s_redirect = new(
        $"UPDATE push_delivery SET origin = ?3, part = ?4, endpoint = ?5, p256dh = ?6, auth = ?7 WHERE user_id = ?1 AND device = ?2 AND {Waiting}");
    private static readonly Sql s_cancel = new($"UPDATE push_delivery SET state = 5 WHERE user_id = ?1 AND device = ?2 AND {Waiting}");
    private static readonly Sql s_shown = new("UPDATE push_delivery SET shown_at = ifnull(shown_at, ?3) WHERE notification = ?1 AND device = ?2 AND kind = 0");
    private static readonly Sql s_lengths = new($"SELECT origin, count(*), min(queued) FROM push_delivery WHERE {Waiting} GROUP BY origin ORDER BY origin LIMIT ?1");
    private static readonly Sql s_delete = new(
        "DELETE FROM push_delivery WHERE place IN (SELECT place FROM (SELECT place, queued FROM push_delivery ORDER BY place LIMIT ?2) WHERE queued < ?1)");

    public ValueTask<ImmutableArray<DueDelivery>> ReadDueAsync(
        PushQueueKey queue, DeliveryLane maxLane, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((Queue: queue, MaxLane: maxLane, Now: now, Limit: limit), static (session, asked) =>
        {
            var due = ImmutableArray.CreateBuilder<DueDelivery>();
            for (var lane = DeliveryLane.Direct; lane <= asked.MaxLane && due.Count < asked.Limit; lane++)
            {
                using var rows = session[s_due]
                    .Bind(1, asked.Queue.Origin).Bind(2, asked.Queue.Part).Bind(3, (long)lane).Bind(4, asked.Now).Bind(5, asked.Limit - due.Count).Query();
                while (rows.Next())
                {
                    due.Add(Due(rows));
                }
            }

            return due.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(PushQueueKey queue, CancellationToken cancellationToken) =>
        database.ReadAsync(queue, static (session, queue) =>
        {
            var direct = Next(session, queue, DeliveryLane.Direct);
            var bulk = Next(session, queue, DeliveryLane.Bulk);
            return direct is null || bulk < direct ? bulk : direct;
        }, cancellationToken);

    public ValueTask<ImmutableArray<PushQueueKey>> QueuesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((Now: now, Limit: limit), static (session, asked) =>
        {
            // from queue to queue by the index, whatever waits in each
            var due = ImmutableArray.CreateBuilder<PushQueueKey>();
            var last = new PushQueueKey("", 0);
            for (var i = 0; i < MaxQueues && due.Count < asked.Limit && Following(session, last) is { } queue; i++)
            {
                last = queue;
                if (Next(session, queue, DeliveryLane.Direct) <= asked.Now || Next(session, queue, DeliveryLane.Bulk) <= asked.Now)
                {
                    due.Add(queue);
                }
            }

            return due.DrainToImmutable();
        }, cancellationToken);

    public async ValueTask RecordAsync(ImmutableArray<DeliveryResult> results, CancellationToken cancellationToken) =>
        await database.WriteAsync(results, static (session, results) =>
        {
            foreach (var result in results)
            {
                session[s_record]
                    .Bind(1, result.Notification).Bind(2, result.Device).Bind(3, (long)result.Kind).Bind(4, (long)result.State)
                    .Bind(5, result.IsAttempt ? 1 : 0).Bind(6, result.Status).Bind(7, result.At).Bind(8, result.Due).Run();
            }

            return results.Length;
        }, cancellationToken, results.Length);

    public ValueTask<ImmutableArray<DeliveryInfo>> ListAsync(string notification, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((Notification: notification, Limit: limit), static (session, asked) =>
        {
            var listed = ImmutableArray.CreateBuilder<DeliveryInfo>();
            using var rows = session[s_list].Bind(1, asked.Notification).Bind(2, asked.Limit).Query();
            while (rows.Next())
            {
                listed.Add(new DeliveryInfo(
                    rows.Text(0), rows.Text(1), rows.Text(2), (DeliveryState)rows.Int64(3), (int)rows.Int64(4), rows.IsNull(5) ? null : (int)rows.Int64(5),
                    rows.TimeOrNull(6), rows.TimeOrNull(7)));
            }

            return listed.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<ImmutableArray<DeliveryCount>> CountAsync(string message, CancellationToken cancellationToken) =>
        database.ReadAsync(message, static (session, message) =>
        {
            var counts = ImmutableArray.CreateBuilder<DeliveryCount>();
            using var rows = session[s_count].Bind(1, message).Query();
            while (rows.Next())
            {
                counts.Add(new DeliveryCount((DeliveryState)rows.Int64(0), rows.Int64(1)));
            }

            return counts.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<ImmutableArray<DeviceSuccess>> LastSuccessAsync(string user, CancellationToken cancellationToken) =>
        database.ReadAsync(user, static (session, user) =>
        {
            var successes = ImmutableArray.CreateBuilder<DeviceSuccess>();
            using var rows = session[s_success].Bind(1, user).Query();
            while (rows.Next())
            {
                successes.Add(new DeviceSuccess(rows.Text(0), rows.Time(1)));
            }

            return successes.DrainToImmutable();
        }, cancellationToken);

    public async ValueTask RedirectAsync(string user, string device, PushTarget target, CancellationToken cancellationToken) =>
        await database.WriteAsync((User: user, Device: device, Target: target), static (session, asked) => session[s_redirect]
            .Bind(1, asked.User).Bind(2, asked.Device).Bind(3, asked.Target.Queue.Origin).Bind(4, asked.Target.Queue.Part).Bind(5, asked.Target.Endpoint)
            .Bind(6, asked.Target.P256dh.Span).Bind(7, asked.Target.Auth.Span).Run(), cancellationToken);

    public async ValueTask CancelAsync(string user, string device, CancellationToken cancellationToken) =>
        await database.WriteAsync((User: user, Device: device), static (session, asked) => session[s_cancel].Bind(1, asked.User).Bind(2, asked.Device).Run(), cancellationToken);

    public ValueTask<bool> ShownAsync(string notification, string device, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync((Notification: notification, Device: device, At: at), static (session, asked) =>
            session[s_shown].Bind(1, asked.Notification).Bind(2, asked.Device).Bind(3, asked.At).Run() == 1, cancellationToken);

    public ValueTask<ImmutableArray<QueueLength>> LengthsAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(limit, static (session, limit) =>
        {
            var lengths = ImmutableArray.CreateBuilder<QueueLength>();
            using var rows = session[s_lengths].Bind(1, limit).Query();
            while (rows.Next())
            {
                lengths.Add(new QueueLength(rows.Text(0), rows.Int64(1), rows.Time(2)));
            }

            return lengths.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync((Before: before, Limit: limit), static (session, old) =>
            session[s_delete].Bind(1, old.Before).Bind(2, old.Limit).Run(), cancellationToken, limit);

    private static DateTimeOffset? Next(SqliteSession session, PushQueueKey queue, DeliveryLane lane) =>
        session[s_next].Bind(1, queue.Origin).Bind(2, queue.Part).Bind(3, (long)lane).Scalar() is { } time ? SqliteTime.FromNumber(time) : null;

    private static PushQueueKey? Following(SqliteSession session, PushQueueKey queue)
    {
        using var rows = session[s_queue].Bind(1, queue.Origin).Bind(2, queue.Part).Query();
        return rows.Next() ? new PushQueueKey(rows.Text(0), (int)rows.Int64(1)) : null;
    }

    private static DueDelivery Due(SqliteRows rows) => new(
        new NewDelivery(
            rows.Text(0), rows.Text(1), rows.Text(2), (DeliveryKind)rows.Int64(3), rows.Text(4), (DeliveryLane)rows.Int64(5),
            new PushTarget(new PushQueueKey(rows.Text(6), (int)rows.Int64(7)), rows.Text(8), rows.Bytes(9), rows.Bytes(10)),
            rows.Time(11), rows.Time(12), rows.Time(13)),
        rows.Bytes(14), (int)rows.Int64(15));
}
