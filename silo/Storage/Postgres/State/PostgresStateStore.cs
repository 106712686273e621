namespace Actors.Silo.Storage.Postgres;

/// <summary>Grain state in PostgreSQL.</summary>
internal sealed class PostgresStateStore : IStateStore
{
    private readonly PostgresDatabase _database;

    public PostgresStateStore(PostgresDatabase database) => _database = database;

    public ValueTask<StoredState?> ReadAsync(StateKey key, CancellationToken cancellationToken) =>
        _database.States.ReadAsync(StateId.Of(key), cancellationToken);

    public ValueTask<StateWriteResult> WriteAsync(StateKey key, byte[] payload, string? etag, CancellationToken cancellationToken) =>
        _database.WriteAsync(etag is null
            ? new StateWrite(StateInserts.Instance, key, payload, expected: 0, cancellationToken)
            : new StateWrite(StateUpdates.Instance, key, payload, ETags.Parse(etag), cancellationToken));

    public ValueTask<StateWriteResult> ClearAsync(StateKey key, string etag, CancellationToken cancellationToken) =>
        _database.WriteAsync(new StateWrite(StateClears.Instance, key, [], ETags.Parse(etag), cancellationToken));
}
