using System.Collections.Immutable;
using Actors.Notifications;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Messages in PostgreSQL.</summary>
internal sealed class PostgresMessageStore(PostgresDatabase database) : IMessageStore
{
    private const string Columns = "id, fingerprint, content, created, due, group_id, user_id, total, told, last, done";

    // one statement, so that there is no message without its users
    private const string Insert =
        $"WITH message AS (INSERT INTO push_message ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING 1), "
        + "listed AS (INSERT INTO push_message_users (message, chunk, users) SELECT $1, u.place - 1, u.users "
        + "FROM unnest($12::bytea[]) WITH ORDINALITY AS u (users, place) WHERE EXISTS (SELECT 1 FROM message) RETURNING 1) "
        + "SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM listed)";
    private const string Read = $"SELECT {Columns} FROM push_message WHERE id = $1";
    private const string Users = "SELECT users FROM push_message_users WHERE message = $1 AND chunk >= $2 AND chunk <= $3 ORDER BY chunk";
    private const string Advance = "UPDATE push_message SET told = $2, last = $3, done = $4 WHERE id = $1 AND NOT done";
    private const string Unfinished = "SELECT id FROM push_message WHERE NOT done AND due <= $1 ORDER BY due LIMIT $2";
    private const string Delete =
        "WITH old AS (SELECT id FROM push_message WHERE done AND created < $1 ORDER BY created LIMIT $2), "
        + "listed AS (DELETE FROM push_message_users u USING old WHERE u.message = old.id RETURNING 1), "
        + "gone AS (DELETE FROM push_message m USING old WHERE m.id = old.id RETURNING 1) SELECT 1 FROM gone";

    public async ValueTask<StoredMessage> AddAsync(StoredMessage message, ImmutableArray<string> users, CancellationToken cancellationToken)
    {
        var chunks = UserChunks.Split(users).ToArray();
        await database.WriteAsync(
            "message:" + message.Id,
            (batch, _) => batch.Command(Insert)
                .With(message.Id).With(message.Fingerprint.ToArray()).With(message.Content.ToArray()).With(message.Created).With(message.Due)
                .WithOrNull(message.Group).WithOrNull(message.User).Add(message.Total, NpgsqlDbType.Integer).Add(message.Progress.Told, NpgsqlDbType.Integer)
                .WithOrNull(message.Progress.Last).With(message.Progress.IsDone).Add(chunks, NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            StatementAnswers.AnyAsync,
            cancellationToken);
        return await ReadAsync(message.Id, cancellationToken) ?? message;
    }

    public ValueTask<StoredMessage?> ReadAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        Read, parameters => parameters.With(id), async rows => await rows.ReadAsync(cancellationToken) ? Message(rows) : null, cancellationToken);

    public ValueTask<ImmutableArray<string>> UsersAsync(string id, int from, int limit, CancellationToken cancellationToken)
    {
        var first = from / UserChunks.Size;
        return database.ReadAsync(
            Users,
            parameters => parameters.With(id).With(first).With((from + limit - 1) / UserChunks.Size),
            async rows => UserChunks.Cut(
                (await rows.ListAsync(row => UserChunks.Join(row.GetFieldValue<byte[]>(0)), cancellationToken)).SelectMany(users => users), first, from, limit),
            cancellationToken);
    }

    public ValueTask AdvanceAsync(string id, MessageProgress progress, CancellationToken cancellationToken) => database.WriteAsync(
        "message:" + id,
        batch => batch.Command(Advance).With(id).Add(progress.Told, NpgsqlDbType.Integer).WithOrNull(progress.Last).With(progress.IsDone),
        cancellationToken);

    public ValueTask<ImmutableArray<string>> UnfinishedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        Unfinished, parameters => parameters.With(PostgresColumns.Ticks(now)).With((long)limit), rows => rows.ListAsync(row => row.GetString(0), cancellationToken), cancellationToken);

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => database.WriteSharedAsync(
        new StatementWrite<int>(Guid.Empty, (batch, _) => batch.Command(Delete).With(before).With((long)limit), StatementAnswers.CountAsync, cancellationToken));

    private static StoredMessage Message(NpgsqlDataReader row) => new(
        row.GetString(0), [.. row.GetFieldValue<byte[]>(1)], row.GetFieldValue<byte[]>(2), row.Time(3), row.Time(4), row.TextOrNull(5), row.TextOrNull(6), row.GetInt32(7),
        new MessageProgress(row.GetInt32(8), row.TextOrNull(9), row.GetBoolean(10)));
}
