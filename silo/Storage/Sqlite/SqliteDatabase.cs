using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The embedded database: one file, one thread that writes, a few connections that read.</summary>
internal sealed class SqliteDatabase : IStorageHealth, IDisposable
{
    private static readonly Sql s_grow = new("INSERT INTO probe (content) VALUES (zeroblob(65536))");
    private static readonly Sql s_shrink = new("DELETE FROM probe");

    private readonly DataFolder _folder;
    private readonly StorageHealth _health;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private bool _disposed;

    private SqliteDatabase(DataFolder folder, SqliteSession session, SqliteOptions options, ILogger logger)
    {
        _folder = folder;
        _health = new StorageHealth(logger);
        _writer = new SqliteWriter(folder.DatabaseFile, session, options, _health, logger);
        _readers = new SqliteReaders(folder.DatabaseFile, options);
    }

    public string? Problem => _health.Problem;

    /// <exception cref="DataFolderInUseException">Another process serves from the folder.</exception>
    public static SqliteDatabase Open(SqliteOptions options, ILogger? logger = null)
    {
        var folder = DataFolder.Open(options.DataPath, options.Exclusive);
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.OpenWriter(folder.DatabaseFile, options);
            SqliteSchema.Migrate(session, folder.DatabaseFile);
            return new SqliteDatabase(folder, session, options, logger ?? NullLogger.Instance);
        }
        catch (Exception e)
        {
            session?.Dispose();
            folder.Dispose();
            if (e is SqliteFailure failure)
            {
                throw failure.ToIOException();
            }

            throw;
        }
    }

    /// <summary>Queues a write; it is durable when the task completes. The delegate runs on the writer's thread, perhaps more than once.</summary>
    public ValueTask<TResult> WriteAsync<TArgument, TResult>(
        TArgument argument, Func<SqliteSession, TArgument, TResult> write, CancellationToken cancellationToken, int rows = 1) =>
        _writer.WriteAsync(new WriteItem<TArgument, TResult>(default, rows, argument, write, cancellationToken));

    /// <summary>The same for a row of grain state, at most once in a batch.</summary>
    public ValueTask<TResult> WriteAsync<TArgument, TResult>(
        StateKey key, TArgument argument, Func<SqliteSession, TArgument, TResult> write, CancellationToken cancellationToken) =>
        _writer.WriteAsync(new WriteItem<TArgument, TResult>(key, rows: 1, argument, write, cancellationToken));

    public ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<SqliteSession, TArgument, TResult> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync(argument, read, cancellationToken);

    public async ValueTask<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Large enough not to fit into what a full file has left.
            await WriteAsync(0, static (session, _) => session[s_grow].Run() + session[s_shrink].Run(), cancellationToken);
            return true;
        }
        catch (IOException)
        {
            // The health has the reason.
            return false;
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            // The last connection to close copies the log into the file.
            _readers.Dispose();
            _writer.Dispose();
            _folder.Dispose();
        }
    }
}
