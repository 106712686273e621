namespace Actors.Silo.Storage.Sqlite;

/// <summary>Grain state in the embedded database.</summary>
internal sealed class SqliteStateStore : IStateStore
{
    private static readonly Sql s_read = new("SELECT payload, etag FROM grain_state WHERE name = ?1 AND key = ?2");
    private static readonly Sql s_readETag = new("SELECT etag FROM grain_state WHERE name = ?1 AND key = ?2");
    // Never an upsert: it would bring back a row that was cleared.
    private static readonly Sql s_insert = new("INSERT INTO grain_state (name, key, etag, payload) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    private static readonly Sql s_update = new("UPDATE grain_state SET etag = ?4, payload = ?5 WHERE name = ?1 AND key = ?2 AND etag = ?3");
    private static readonly Sql s_delete = new("DELETE FROM grain_state WHERE name = ?1 AND key = ?2 AND etag = ?3");

    private readonly SqliteDatabase _database;

    public SqliteStateStore(SqliteDatabase database) => _database = database;

    public ValueTask<StoredState?> ReadAsync(StateKey key, CancellationToken cancellationToken) =>
        _database.ReadAsync(key, static (session, key) =>
        {
            using var rows = session[s_read].Bind(1, key.Name).Bind(2, key.Key).Query();
            return rows.Next() ? new StoredState(rows.Bytes(0), ETags.Format(rows.Int64(1))) : null;
        }, cancellationToken);

    public ValueTask<StateWriteResult> WriteAsync(StateKey key, byte[] payload, string? etag, CancellationToken cancellationToken) =>
        _database.WriteAsync(key, (Key: key, Payload: payload, ETag: etag), static (session, row) =>
        {
            var next = ETags.Next();
            var changed = row.ETag is null
                ? session[s_insert].Bind(1, row.Key.Name).Bind(2, row.Key.Key).Bind(3, next).Bind(4, row.Payload).Run()
                : session[s_update].Bind(1, row.Key.Name).Bind(2, row.Key.Key).Bind(3, ETags.Parse(row.ETag)).Bind(4, next).Bind(5, row.Payload).Run();
            return changed == 1 ? new StateWriteResult(StateWriteStatus.Written, ETags.Format(next)) : Conflict(session, row.Key);
        }, cancellationToken);

    public ValueTask<StateWriteResult> ClearAsync(StateKey key, string etag, CancellationToken cancellationToken) =>
        _database.WriteAsync(key, (Key: key, ETag: etag), static (session, row) =>
            session[s_delete].Bind(1, row.Key.Name).Bind(2, row.Key.Key).Bind(3, ETags.Parse(row.ETag)).Run() == 1
                ? new StateWriteResult(StateWriteStatus.Written, ETag: null)
                : Conflict(session, row.Key), cancellationToken);

    private static StateWriteResult Conflict(SqliteSession session, StateKey key) =>
        new(StateWriteStatus.Conflict, session[s_readETag].Bind(1, key.Name).Bind(2, key.Key).Scalar() is { } etag ? ETags.Format(etag) : null);
}
