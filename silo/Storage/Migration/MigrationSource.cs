using Actors.Silo.Storage.Postgres;
using Actors.Silo.Storage.Sqlite;

namespace Actors.Silo.Storage.Migration;

/// <summary>The embedded database, held so that no server changes it meanwhile.</summary>
internal sealed class MigrationSource : IDisposable
{
    private const string IdName = "storage-id";

    private readonly SqliteDatabase _database;
    private readonly SqliteSession _session;

    private MigrationSource(SqliteDatabase database, SqliteSession session, Guid id)
    {
        _database = database;
        _session = session;
        Id = id;
    }

    /// <summary>Tells this database from others, for good.</summary>
    public Guid Id { get; }

    /// <exception cref="DataFolderInUseException">A server runs on the folder.</exception>
    public static async Task<MigrationSource> OpenAsync(string dataPath, CancellationToken cancellationToken)
    {
        var file = Path.Combine(dataPath, "actors.db");
        if (!File.Exists(file))
        {
            throw new InvalidDataException($"There is no embedded database in {dataPath} (setting Data:Path).");
        }

        var options = new SqliteOptions { DataPath = dataPath };
        var database = SqliteDatabase.Open(options);
        try
        {
            var id = await new SqliteSettingStore(database).GetOrCreateAsync(IdName, () => Guid.NewGuid().ToByteArray(), cancellationToken);
            return new MigrationSource(database, SqliteSession.OpenReader(file, options), new Guid(id));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a table, as they are to be in the shared database.</summary>
    public void Read(MigrationTable table, Action<object?[]> row)
    {
        var values = new object?[table.Columns.Length];
        var made = table.Columns[0].Type == MigrationType.StateId ? 1 : 0;
        using var rows = _session[new Sql(table.Source)].Query();
        while (rows.Next())
        {
            for (var i = made; i < values.Length; i++)
            {
                values[i] = rows.IsNull(i - made) ? null : Value(rows, i - made, table.Columns[i].Type);
            }

            if (made == 1)
            {
                values[0] = StateId.Of(new StateKey((string)values[1]!, (string)values[2]!));
            }

            row(values);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _database.Dispose();
    }

    private static object Value(SqliteRows rows, int column, MigrationType type) => type switch
    {
        MigrationType.Text => rows.Text(column),
        MigrationType.Bytes => rows.Bytes(column),
        MigrationType.Uuid => rows.Guid(column),
        MigrationType.Flag => rows.Int64(column) != 0,
        MigrationType.Small => (short)rows.Int64(column),
        MigrationType.Integer => (int)rows.Int64(column),
        _ => rows.Int64(column),
    };
}
