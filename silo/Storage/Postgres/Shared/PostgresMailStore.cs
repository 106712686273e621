using System.Collections.Immutable;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The mail queue in PostgreSQL: of several processes that send, each claims mails of its own.</summary>
internal sealed class PostgresMailStore : IMailStore
{
    private const string Columns = "id, payload, tries, next_attempt_at, state, last_error";
    // With its own payload there already, it was enqueued by an attempt whose answer was lost.
    private const string Insert =
        "INSERT INTO mail (id, state, tries, next_attempt_at, payload) VALUES ($1, 1, 0, $2, $3) ON CONFLICT (id) DO NOTHING RETURNING 1";
    private const string IsThere = "SELECT 1 FROM mail WHERE id = $1 AND payload = $2";
    private const string Claim =
        "WITH due AS (SELECT id, next_attempt_at FROM mail WHERE state = 1 AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED), "
        + "claimed AS (UPDATE mail m SET tries = m.tries + 1, next_attempt_at = $2 FROM due WHERE m.id = due.id "
        + "RETURNING m.id, m.payload, m.tries, m.next_attempt_at, m.state, m.last_error, due.next_attempt_at AS was) "
        + $"SELECT {Columns} FROM claimed ORDER BY was";
    private const string Sent = "UPDATE mail SET state = 2, last_error = NULL WHERE id = $1 AND state <> 2";
    // Once sent, a late answer of another try changes nothing any more.
    private const string Failed =
        "UPDATE mail SET state = CASE WHEN $3::bigint IS NULL THEN 3 ELSE 1 END, last_error = $2, next_attempt_at = coalesce($3, next_attempt_at) WHERE id = $1 AND state <> 2";
    private const string Read = $"SELECT {Columns} FROM mail WHERE id = $1";
    private const string Next = "SELECT min(next_attempt_at) FROM mail WHERE state = 1";
    private const string Delete = "DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE state <> 1 AND next_attempt_at < $1 LIMIT $2) RETURNING 1";

    private readonly PostgresDatabase _database;

    public PostgresMailStore(PostgresDatabase database) => _database = database;

    public ValueTask<bool> EnqueueAsync(string id, byte[] payload, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        WriteAsync(
            (batch, isIn) => _ = isIn ? batch.Command(IsThere).With(id).With(payload) : batch.Command(Insert).With(id).With(dueAt).With(payload),
            StatementAnswers.AnyAsync,
            cancellationToken);

    public ValueTask<ImmutableArray<QueuedMail>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        WriteAsync(
            (batch, _) => batch.Command(Claim).With(now).With(until).With((long)limit),
            async answer =>
            {
                var rows = await answer.NextSetAsync();
                var claimed = ImmutableArray.CreateBuilder<QueuedMail>();
                while (await rows.ReadAsync(CancellationToken.None))
                {
                    claimed.Add(Mail(rows));
                }

                return claimed.DrainToImmutable();
            },
            cancellationToken);

    public async ValueTask MarkSentAsync(string id, CancellationToken cancellationToken) =>
        await WriteAsync((batch, _) => batch.Command(Sent).With(id), static _ => ValueTask.FromResult(true), cancellationToken);

    public async ValueTask MarkFailedAsync(string id, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken) =>
        await WriteAsync(
            (batch, _) => batch.Command(Failed).With(id).With(reason).With(retryAt), static _ => ValueTask.FromResult(true), cancellationToken);

    public ValueTask<QueuedMail?> ReadAsync(string id, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            Read, parameters => parameters.With(id), async rows => await rows.ReadAsync(cancellationToken) ? Mail(rows) : null, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(
            Next, _ => { }, async rows => await rows.ReadAsync(cancellationToken) ? rows.TimeOrNull(0) : null, cancellationToken);

    public ValueTask<int> DeleteDoneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        WriteAsync((batch, _) => batch.Command(Delete).With(before).With((long)limit), StatementAnswers.CountAsync, cancellationToken);

    private ValueTask<TResult> WriteAsync<TResult>(
        Action<NpgsqlBatch, bool> add, Func<BatchAnswer, ValueTask<TResult>> read, CancellationToken cancellationToken) =>
        _database.WriteSharedAsync(new StatementWrite<TResult>(Guid.Empty, add, read, cancellationToken));

    private static QueuedMail Mail(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetFieldValue<byte[]>(1),
        row.GetInt32(2),
        row.Time(3),
        (MailState)row.GetInt16(4),
        row.TextOrNull(5));
}
