namespace Actors.Silo.Storage.Sqlite;

/// <summary>Settings in the embedded database.</summary>
internal sealed class SqliteSettingStore : ISettingStore
{
    private static readonly Sql s_read = new("SELECT value FROM setting WHERE name = ?1");
    private static readonly Sql s_insert = new("INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    private readonly SqliteDatabase _database;

    public SqliteSettingStore(SqliteDatabase database) => _database = database;

    public ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) =>
        _database.ReadAsync(name, Read, cancellationToken);

    public async ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create, CancellationToken cancellationToken) =>
        await ReadAsync(name, cancellationToken)
        ?? await _database.WriteAsync((Name: name, Value: create()), static (session, setting) =>
            session[s_insert].Bind(1, setting.Name).Bind(2, setting.Value).Run() == 1 ? setting.Value : Read(session, setting.Name)!, cancellationToken);

    private static byte[]? Read(SqliteSession session, string name)
    {
        using var rows = session[s_read].Bind(1, name).Query();
        return rows.Next() ? rows.Bytes(0) : null;
    }
}
