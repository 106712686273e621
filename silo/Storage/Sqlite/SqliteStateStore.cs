namespace Actors.Silo.Storage.Sqlite;

/// <summary>Grain state in the embedded database.</summary>
internal sealed class SqliteStateStore : IStateStore
{
    private const string ByKey = "WHERE hash = ?1 AND name = ?2 AND key = ?3";

    private static readonly Sql s_read = new($"SELECT payload, etag FROM grain_state {ByKey}");
    private static readonly Sql s_readETag = new($"SELECT etag FROM grain_state {ByKey}");
    // Never an upsert: it would bring back a row that was cleared. The one writer sees to it that a key is there once.
    private static readonly Sql s_insert = new(
        "INSERT INTO grain_state (hash, name, key, etag, payload) SELECT ?1, ?2, ?3, ?4, ?5 "
        + $"WHERE NOT EXISTS (SELECT 1 FROM grain_state {ByKey})");
    private static readonly Sql s_update = new($"UPDATE grain_state SET etag = ?4, payload = ?5 {ByKey} AND etag = ?6");
    private static readonly Sql s_delete = new($"DELETE FROM grain_state {ByKey} AND etag = ?4");

    private readonly SqliteDatabase _database;

    public SqliteStateStore(SqliteDatabase database) => _database = database;

    public ValueTask<StoredState?> ReadAsync(StateKey key, CancellationToken cancellationToken) =>
        _database.ReadAsync(key, static (session, key) =>
        {
            using var rows = BindKey(session[s_read], key).Query();
            return rows.Next() ? new StoredState(rows.Bytes(0), ETags.Format(rows.Int64(1))) : null;
        }, cancellationToken);

    public ValueTask<StateWriteResult> WriteAsync(StateKey key, byte[] payload, string? etag, CancellationToken cancellationToken) =>
        _database.WriteAsync(key, (Key: key, Payload: payload, ETag: etag), static (session, row) =>
        {
            var next = ETags.Next();
            var statement = row.ETag is null
                ? BindKey(session[s_insert], row.Key)
                : BindKey(session[s_update], row.Key).Bind(6, ETags.Parse(row.ETag));
            var changed = statement.Bind(4, next).Bind(5, row.Payload).Run();
            return changed == 1 ? new StateWriteResult(StateWriteStatus.Written, ETags.Format(next)) : Conflict(session, row.Key);
        }, cancellationToken);

    public ValueTask<StateWriteResult> ClearAsync(StateKey key, string etag, CancellationToken cancellationToken) =>
        _database.WriteAsync(key, (Key: key, ETag: etag), static (session, row) =>
            BindKey(session[s_delete], row.Key).Bind(4, ETags.Parse(row.ETag)).Run() == 1
                ? new StateWriteResult(StateWriteStatus.Written, ETag: null)
                : Conflict(session, row.Key), cancellationToken);

    private static StateWriteResult Conflict(SqliteSession session, StateKey key) =>
        new(StateWriteStatus.Conflict, BindKey(session[s_readETag], key).Scalar() is { } etag ? ETags.Format(etag) : null);

    private static SqliteStatement BindKey(SqliteStatement statement, StateKey key) =>
        statement.Bind(1, StableHash.Of(key)).Bind(2, key.Name).Bind(3, key.Key);
}
