namespace Actors.Silo.Storage.Postgres;

/// <summary>Settings in PostgreSQL, the same for all processes.</summary>
internal sealed class PostgresSettingStore : ISettingStore
{
    private const string Read = "SELECT value FROM setting WHERE name = $1";
    private const string Insert = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";

    private readonly PostgresDatabase _database;

    public PostgresSettingStore(PostgresDatabase database) => _database = database;

    public ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            Read,
            parameters => parameters.With(name),
            async rows => await rows.ReadAsync(cancellationToken) ? (byte[])rows.GetValue(0) : null,
            cancellationToken);

    public async ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create, CancellationToken cancellationToken)
    {
        if (await ReadAsync(name, cancellationToken) is { } stored)
        {
            return stored;
        }

        var value = create();
        return await _database.WriteSharedAsync(new StatementWrite<byte[]>(
            Guid.Empty,
            (batch, _) =>
            {
                batch.Command(Insert).With(name).With(value);
                batch.Command(Read).With(name);
            },
            async answer =>
            {
                var rows = await answer.NextSetAsync();
                await rows.ReadAsync(CancellationToken.None);
                return (byte[])rows.GetValue(0);
            },
            cancellationToken));
    }
}
