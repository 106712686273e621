using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The lists of notifications in the embedded database.</summary>
internal sealed class SqliteNotificationStore(SqliteDatabase database) : INotificationStore
{
    private const string Columns = "n.user_id, n.id, n.message, n.created, n.valid_to, m.content, n.mark, n.marked_at";
    private const string From = "FROM notification n JOIN push_message m ON m.id = n.message";
    private const string Valid = "(n.valid_to IS NULL OR n.valid_to > ?2)";
    private const string Page = "AND (n.created, n.id) < (?3, ?4) AND " + Valid + " ORDER BY n.created DESC, n.id DESC LIMIT ?5";
    private static readonly Sql s_insert = new("INSERT INTO notification (user_id, id, message, created, valid_to) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
    private static readonly Sql s_all = new($"SELECT {Columns} {From} WHERE n.user_id = ?1 AND n.mark < 2 {Page}");
    private static readonly Sql s_new = new($"SELECT {Columns} {From} WHERE n.user_id = ?1 AND n.mark = 0 {Page}");
    private static readonly Sql s_read = new($"SELECT {Columns} {From} WHERE n.user_id = ?1 AND n.id = ?2");
    private static readonly Sql s_count = new($"SELECT count(*) FROM (SELECT 1 FROM notification n WHERE n.user_id = ?1 AND n.mark = 0 AND {Valid} LIMIT ?3)");
    private static readonly Sql s_mark = new("SELECT mark FROM notification WHERE user_id = ?1 AND id = ?2");
    private static readonly Sql s_setMark = new("UPDATE notification SET mark = ?3, marked_at = ifnull(marked_at, ?4) WHERE user_id = ?1 AND id = ?2");
    private static readonly Sql s_expire = new("UPDATE push_delivery SET state = 4 WHERE notification = ?1 AND kind = 0 AND user_id = ?2 AND state < 2");
    private static readonly Sql s_delete = new(
        "DELETE FROM notification WHERE place IN (SELECT place FROM (SELECT place, created FROM notification ORDER BY place LIMIT ?2) WHERE created < ?1)");

    public ValueTask<bool> AddAsync(StoredNotification notification, ImmutableArray<NewDelivery> deliveries, CancellationToken cancellationToken) =>
        database.WriteAsync((Notification: notification, Deliveries: deliveries), static (session, added) =>
        {
            var notification = added.Notification;
            var isNew = session[s_insert]
                .Bind(1, notification.User).Bind(2, notification.Id).Bind(3, notification.Message).Bind(4, notification.Created).Bind(5, notification.ValidTo)
                .Run() == 1;
            if (isNew)
            {
                SqliteDeliveryRows.Add(session, added.Deliveries);
            }

            return isNew;
        }, cancellationToken, 1 + deliveries.Length);

    public ValueTask<ImmutableArray<ListedNotification>> ListAsync(
        string user, bool isNew, NotificationCursor? before, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((User: user, IsNew: isNew, Before: before, Now: now, Limit: limit), static (session, asked) =>
        {
            var listed = ImmutableArray.CreateBuilder<ListedNotification>();
            using var rows = session[asked.IsNew ? s_new : s_all]
                .Bind(1, asked.User).Bind(2, asked.Now).Bind(3, asked.Before?.Created ?? DateTimeOffset.MaxValue).Bind(4, asked.Before?.Id ?? "").Bind(5, asked.Limit)
                .Query();
            while (rows.Next())
            {
                listed.Add(Listed(rows));
            }

            return listed.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<ListedNotification?> ReadAsync(string user, string id, CancellationToken cancellationToken) =>
        database.ReadAsync((User: user, Id: id), static (session, asked) =>
        {
            using var rows = session[s_read].Bind(1, asked.User).Bind(2, asked.Id).Query();
            return rows.Next() ? Listed(rows) : null;
        }, cancellationToken);

    public ValueTask<int> CountNewAsync(string user, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((User: user, Now: now, Limit: limit), static (session, asked) =>
            (int)session[s_count].Bind(1, asked.User).Bind(2, asked.Now).Bind(3, asked.Limit).Scalar()!.Value, cancellationToken);

    public ValueTask<NotificationMark?> MarkAsync(
        string user, string id, NotificationMark mark, DateTimeOffset at, ImmutableArray<NewDelivery> removals, CancellationToken cancellationToken) =>
        database.WriteAsync((User: user, Id: id, Mark: mark, At: at, Removals: removals), static (session, asked) =>
        {
            if (session[s_mark].Bind(1, asked.User).Bind(2, asked.Id).Scalar() is not { } number)
            {
                return (NotificationMark?)null;
            }

            var before = (NotificationMark)number;
            if (before < asked.Mark)
            {
                session[s_setMark].Bind(1, asked.User).Bind(2, asked.Id).Bind(3, (long)asked.Mark).Bind(4, asked.At).Run();
                session[s_expire].Bind(1, asked.Id).Bind(2, asked.User).Run();
                SqliteDeliveryRows.Add(session, asked.Removals);
            }

            return before;
        }, cancellationToken, 1 + removals.Length);

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync((Before: before, Limit: limit), static (session, old) =>
            session[s_delete].Bind(1, old.Before).Bind(2, old.Limit).Run(), cancellationToken, limit);

    private static ListedNotification Listed(SqliteRows rows) => new(
        new StoredNotification(rows.Text(0), rows.Text(1), rows.Text(2), rows.Time(3), rows.TimeOrNull(4)), rows.Bytes(5), (NotificationMark)rows.Int64(6), rows.TimeOrNull(7));
}
