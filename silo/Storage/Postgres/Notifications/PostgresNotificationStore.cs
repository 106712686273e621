using System.Collections.Immutable;
using Actors.Notifications;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The lists of notifications in PostgreSQL.</summary>
internal sealed class PostgresNotificationStore(PostgresDatabase database) : INotificationStore
{
    private const string Columns = "n.user_id, n.id, n.message, n.created, n.valid_to, m.content, n.mark, n.marked_at";
    private const string From = "FROM notification n JOIN push_message m ON m.id = n.message";
    private const string Valid = "(n.valid_to IS NULL OR n.valid_to > $2)";
    private const string Page = "AND (n.created, n.id) < ($3, $4) AND " + Valid + " ORDER BY n.created DESC, n.id DESC LIMIT $5";
    private const string All = $"SELECT {Columns} {From} WHERE n.user_id = $1 AND n.mark < 2 {Page}";
    private const string New = $"SELECT {Columns} {From} WHERE n.user_id = $1 AND n.mark = 0 {Page}";
    private const string Read = $"SELECT {Columns} {From} WHERE n.user_id = $1 AND n.id = $2";
    private const string Count = $"SELECT count(*) FROM (SELECT 1 FROM notification n WHERE n.user_id = $1 AND n.mark = 0 AND {Valid} LIMIT $3) AS counted";
    private const string IsThere = "SELECT 1 FROM notification WHERE user_id = $1 AND id = $2";
    private const string IsMarked = "SELECT mark FROM notification WHERE user_id = $1 AND id = $2";
    private const string Delete =
        "DELETE FROM notification WHERE place IN (SELECT place FROM (SELECT place, created FROM notification ORDER BY place LIMIT $2) AS first WHERE created < $1) RETURNING 1";

    private static readonly string s_insert =
        "WITH added AS (INSERT INTO notification (user_id, id, message, created, valid_to) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1), "
        + $"queued AS (INSERT INTO push_delivery ({NotificationWrites.DeliveryColumns}) SELECT * FROM ({NotificationWrites.Rows(6)}) AS rows "
        + "WHERE EXISTS (SELECT 1 FROM added) ON CONFLICT DO NOTHING RETURNING 1) SELECT 1 FROM added";

    // what is read is what was there before: the statement sees none of its own changes
    private static readonly string s_mark =
        "WITH changed AS (UPDATE notification SET mark = $3, marked_at = coalesce(marked_at, $4) WHERE user_id = $1 AND id = $2 AND mark < $3 RETURNING 1), "
        + "expired AS (UPDATE push_delivery SET state = 4 WHERE notification = $2 AND kind = 0 AND user_id = $1 AND state < 2 AND EXISTS (SELECT 1 FROM changed) RETURNING 1), "
        + $"queued AS (INSERT INTO push_delivery ({NotificationWrites.DeliveryColumns}) SELECT * FROM ({NotificationWrites.Rows(5)}) AS rows "
        + $"WHERE EXISTS (SELECT 1 FROM changed) ON CONFLICT DO NOTHING RETURNING 1) {IsMarked}";

    public ValueTask<bool> AddAsync(StoredNotification notification, ImmutableArray<NewDelivery> deliveries, CancellationToken cancellationToken) => database.WriteAsync(
        Key(notification.User, notification.Id),
        (batch, isIn) => _ = isIn
            ? batch.Command(IsThere).With(notification.User).With(notification.Id)
            : batch.Command(s_insert)
                .With(notification.User).With(notification.Id).With(notification.Message).With(notification.Created).With(notification.ValidTo).With(deliveries),
        StatementAnswers.AnyAsync,
        cancellationToken);

    public ValueTask<ImmutableArray<ListedNotification>> ListAsync(
        string user, bool isNew, NotificationCursor? before, DateTimeOffset now, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        isNew ? New : All,
        parameters => parameters.With(user).With(PostgresColumns.Ticks(now)).With(PostgresColumns.Ticks(before?.Created ?? DateTimeOffset.MaxValue)).With(before?.Id ?? "").With((long)limit),
        rows => rows.ListAsync(Listed, cancellationToken),
        cancellationToken);

    public ValueTask<ListedNotification?> ReadAsync(string user, string id, CancellationToken cancellationToken) => database.ReadAsync(
        Read, parameters => parameters.With(user).With(id), async rows => await rows.ReadAsync(cancellationToken) ? Listed(rows) : null, cancellationToken);

    public ValueTask<int> CountNewAsync(string user, DateTimeOffset now, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        Count, parameters => parameters.With(user).With(PostgresColumns.Ticks(now)).With((long)limit),
        async rows => await rows.ReadAsync(cancellationToken) ? (int)rows.GetInt64(0) : 0, cancellationToken);

    public ValueTask<NotificationMark?> MarkAsync(
        string user, string id, NotificationMark mark, DateTimeOffset at, ImmutableArray<NewDelivery> removals, CancellationToken cancellationToken) => database.WriteAsync(
        Key(user, id),
        (batch, isIn) => _ = isIn
            ? batch.Command(IsMarked).With(user).With(id)
            : batch.Command(s_mark).With(user).With(id).WithSmall((int)mark).With(at).With(removals),
        static async answer => await (await answer.NextSetAsync()).ReadAsync() ? (NotificationMark?)answer.Reader.GetInt16(0) : null,
        cancellationToken);

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => database.WriteSharedAsync(
        new StatementWrite<int>(Guid.Empty, (batch, _) => batch.Command(Delete).With(before).With((long)limit), StatementAnswers.CountAsync, cancellationToken));

    private static string Key(string user, string id) => $"notification:{id}:{user}";

    private static ListedNotification Listed(NpgsqlDataReader row) => new(
        new StoredNotification(row.GetString(0), row.GetString(1), row.GetString(2), row.Time(3), row.TimeOrNull(4)),
        row.GetFieldValue<byte[]>(5), (NotificationMark)row.GetInt16(6), row.TimeOrNull(7));
}
