using Actors.Silo.Storage;
using Actors.Silo.Storage.Sqlite;
using Actors.Tallying;

namespace Actors.Bench.Storage;

/// <summary>An embedded database in a folder of its own.</summary>
internal sealed class BenchDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-bench-").FullName;
    private readonly SqliteDatabase _database;

    public BenchDatabase(int? batchRows = null)
    {
        var options = new SqliteOptions { DataPath = _folder };
        options = options with
        {
            BatchRows = batchRows ?? Number("BATCH_ROWS", options.BatchRows),
            PageBytes = Number("PAGE_BYTES", options.PageBytes),
            CheckpointPages = Number("CHECKPOINT_PAGES", options.CheckpointPages),
            WriterCacheKiB = Number("WRITER_CACHE_KIB", options.WriterCacheKiB),
        };
        _database = SqliteDatabase.Open(options);
        State = new SqliteStateStore(_database);
        Log = new SqliteTallyLog(_database, TimeProvider.System);
    }

    public IStateStore State { get; }

    public ITallyLog Log { get; }

    public long FileBytes => new FileInfo(Path.Combine(_folder, "actors.db")).Length;

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
