using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Messages in the embedded database.</summary>
internal sealed class SqliteMessageStore(SqliteDatabase database) : IMessageStore
{
    private const string Columns = "id, fingerprint, content, created, due, group_id, user_id, total, told, last, done";
    private static readonly Sql s_insert = new($"INSERT INTO push_message ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING");
    private static readonly Sql s_addUsers = new("INSERT INTO push_message_users (message, chunk, users) VALUES (?1, ?2, ?3)");
    private static readonly Sql s_read = new($"SELECT {Columns} FROM push_message WHERE id = ?1");
    private static readonly Sql s_users = new("SELECT users FROM push_message_users WHERE message = ?1 AND chunk >= ?2 AND chunk <= ?3 ORDER BY chunk");
    private static readonly Sql s_advance = new("UPDATE push_message SET told = ?2, last = ?3, done = ?4 WHERE id = ?1 AND done = 0");
    private static readonly Sql s_unfinished = new("SELECT id FROM push_message WHERE done = 0 AND due <= ?1 ORDER BY due LIMIT ?2");
    private static readonly Sql s_old = new("SELECT id FROM push_message WHERE done = 1 AND created < ?1 ORDER BY created LIMIT ?2");
    private static readonly Sql s_delete = new("DELETE FROM push_message WHERE id = ?1");
    private static readonly Sql s_deleteUsers = new("DELETE FROM push_message_users WHERE message = ?1");

    public ValueTask<StoredMessage> AddAsync(StoredMessage message, ImmutableArray<string> users, CancellationToken cancellationToken) =>
        database.WriteAsync((Message: message, Users: users), static (session, added) =>
        {
            var (message, progress) = (added.Message, added.Message.Progress);
            var isNew = session[s_insert]
                .Bind(1, message.Id).Bind(2, message.Fingerprint.AsSpan()).Bind(3, message.Content.Span).Bind(4, message.Created).Bind(5, message.Due)
                .Bind(6, message.Group).Bind(7, message.User).Bind(8, message.Total).Bind(9, progress.Told).Bind(10, progress.Last)
                .Bind(11, progress.IsDone ? 1 : 0).Run() == 1;
            if (!isNew)
            {
                return Read(session, message.Id)!;
            }

            var chunk = 0;
            foreach (var bytes in UserChunks.Split(added.Users))
            {
                session[s_addUsers].Bind(1, message.Id).Bind(2, chunk++).Bind(3, bytes).Run();
            }

            return message;
        }, cancellationToken, rows: 1 + users.Length / UserChunks.Size);

    public ValueTask<StoredMessage?> ReadAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(id, Read, cancellationToken);

    public ValueTask<ImmutableArray<string>> UsersAsync(string id, int from, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((Id: id, From: from, Limit: limit), static (session, asked) =>
        {
            var first = asked.From / UserChunks.Size;
            var users = new List<string>();
            using var rows = session[s_users].Bind(1, asked.Id).Bind(2, first).Bind(3, (asked.From + asked.Limit - 1) / UserChunks.Size).Query();
            while (rows.Next())
            {
                users.AddRange(UserChunks.Join(rows.Bytes(0)));
            }

            return UserChunks.Cut(users, first, asked.From, asked.Limit);
        }, cancellationToken);

    public async ValueTask AdvanceAsync(string id, MessageProgress progress, CancellationToken cancellationToken) =>
        await database.WriteAsync((Id: id, Progress: progress), static (session, advanced) => session[s_advance]
            .Bind(1, advanced.Id).Bind(2, advanced.Progress.Told).Bind(3, advanced.Progress.Last).Bind(4, advanced.Progress.IsDone ? 1 : 0).Run(), cancellationToken);

    public ValueTask<ImmutableArray<string>> UnfinishedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((Now: now, Limit: limit), static (session, asked) =>
        {
            using var rows = session[s_unfinished].Bind(1, asked.Now).Bind(2, asked.Limit).Query();
            return Texts(rows);
        }, cancellationToken);

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync((Before: before, Limit: limit), static (session, old) =>
        {
            ImmutableArray<string> ids;
            using (var rows = session[s_old].Bind(1, old.Before).Bind(2, old.Limit).Query())
            {
                ids = Texts(rows);
            }

            foreach (var id in ids)
            {
                session[s_deleteUsers].Bind(1, id).Run();
                session[s_delete].Bind(1, id).Run();
            }

            return ids.Length;
        }, cancellationToken, limit);

    private static StoredMessage? Read(SqliteSession session, string id)
    {
        using var rows = session[s_read].Bind(1, id).Query();
        return rows.Next()
            ? new StoredMessage(
                rows.Text(0), [.. rows.Bytes(1)], rows.Bytes(2), rows.Time(3), rows.Time(4), rows.TextOrNull(5), rows.TextOrNull(6), (int)rows.Int64(7),
                new MessageProgress((int)rows.Int64(8), rows.TextOrNull(9), rows.Int64(10) != 0))
            : null;
    }

    private static ImmutableArray<string> Texts(SqliteRows rows)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        while (rows.Next())
        {
            texts.Add(rows.Text(0));
        }

        return texts.DrainToImmutable();
    }
}
