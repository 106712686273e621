using System.Collections.Immutable;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The mail queue in the embedded database.</summary>
internal sealed class SqliteMailStore : IMailStore
{
    private static readonly Sql s_insert = new("INSERT INTO mail (id, state, tries, next_attempt_at, payload) VALUES (?1, 1, 0, ?2, ?3) ON CONFLICT DO NOTHING");
    private static readonly Sql s_due = new("SELECT id FROM mail WHERE state = 1 AND next_attempt_at <= ?1 ORDER BY next_attempt_at LIMIT ?2");
    private static readonly Sql s_claim = new("UPDATE mail SET tries = tries + 1, next_attempt_at = ?2 WHERE id = ?1");
    private static readonly Sql s_read = new("SELECT id, payload, tries, next_attempt_at, state, last_error FROM mail WHERE id = ?1");
    // Once sent, a late answer of another try changes nothing any more.
    private static readonly Sql s_sent = new("UPDATE mail SET state = 2, last_error = NULL WHERE id = ?1 AND state <> 2");
    private static readonly Sql s_failed = new("UPDATE mail SET state = CASE WHEN ?3 IS NULL THEN 3 ELSE 1 END, last_error = ?2, next_attempt_at = ifnull(?3, next_attempt_at) WHERE id = ?1 AND state <> 2");
    private static readonly Sql s_next = new("SELECT min(next_attempt_at) FROM mail WHERE state = 1");
    private static readonly Sql s_delete = new("DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE state <> 1 AND next_attempt_at < ?1 LIMIT ?2)");

    private readonly SqliteDatabase _database;

    public SqliteMailStore(SqliteDatabase database) => _database = database;

    public ValueTask<bool> EnqueueAsync(string id, byte[] payload, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        _database.WriteAsync((Id: id, Payload: payload, DueAt: dueAt), static (session, mail) =>
            session[s_insert].Bind(1, mail.Id).Bind(2, mail.DueAt).Bind(3, mail.Payload).Run() == 1, cancellationToken);

    public ValueTask<ImmutableArray<QueuedMail>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        _database.WriteAsync((Now: now, Until: until, Limit: limit), static (session, due) =>
        {
            var claimed = ImmutableArray.CreateBuilder<QueuedMail>();
            foreach (var id in Due(session, due.Now, due.Limit))
            {
                session[s_claim].Bind(1, id).Bind(2, due.Until).Run();
                claimed.Add(Read(session, id)!);
            }

            return claimed.DrainToImmutable();
        }, cancellationToken, limit);

    public async ValueTask MarkSentAsync(string id, CancellationToken cancellationToken) =>
        await _database.WriteAsync(id, static (session, id) => session[s_sent].Bind(1, id).Run(), cancellationToken);

    public async ValueTask MarkFailedAsync(string id, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken) =>
        await _database.WriteAsync((Id: id, Reason: reason, RetryAt: retryAt), static (session, mail) =>
            session[s_failed].Bind(1, mail.Id).Bind(2, mail.Reason).Bind(3, mail.RetryAt).Run(), cancellationToken);

    public ValueTask<QueuedMail?> ReadAsync(string id, CancellationToken cancellationToken) =>
        _database.ReadAsync(id, Read, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(0, static (session, _) =>
            session[s_next].Scalar() is { } time ? SqliteTime.FromNumber(time) : (DateTimeOffset?)null, cancellationToken);

    public ValueTask<int> DeleteDoneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        _database.WriteAsync((Before: before, Limit: limit), static (session, done) =>
            session[s_delete].Bind(1, done.Before).Bind(2, done.Limit).Run(), cancellationToken, limit);

    private static List<string> Due(SqliteSession session, DateTimeOffset now, int limit)
    {
        var ids = new List<string>();
        using var rows = session[s_due].Bind(1, now).Bind(2, limit).Query();
        while (rows.Next())
        {
            ids.Add(rows.Text(0));
        }

        return ids;
    }

    private static QueuedMail? Read(SqliteSession session, string id)
    {
        using var rows = session[s_read].Bind(1, id).Query();
        return rows.Next()
            ? new QueuedMail(rows.Text(0), rows.Bytes(1), (int)rows.Int64(2), rows.Time(3), (MailState)rows.Int64(4), rows.TextOrNull(5))
            : null;
    }
}
