using SQLitePCL;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>A connection with its prepared statements, used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly sqlite3 _connection;
    private SqliteStatement?[] _statements = new SqliteStatement?[64];

    static SqliteSession()
    {
        Batteries_V2.Init();
        // counts that nobody reads, under a lock that every allocation of every connection would take
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private SqliteSession(sqlite3 connection) => _connection = connection;

    /// <summary>Ids of campaigns and readers that this connection has looked up or made; forgotten when a transaction is undone.</summary>
    public TallyIds Ids { get; } = new();

    public bool InTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    /// <summary>Rows changed since the connection was opened, undone ones included.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(_connection);

    public SqliteStatement this[Sql sql]
    {
        get
        {
            if (sql.Index >= _statements.Length)
            {
                Array.Resize(ref _statements, Math.Max(sql.Index + 1, _statements.Length * 2));
            }

            return _statements[sql.Index] ??= new SqliteStatement(_connection, sql.Text);
        }
    }

    public static SqliteSession OpenWriter(string file, SqliteOptions options)
    {
        var session = Open(file, options, options.WriterCacheKiB);
        session.Execute($"PRAGMA wal_autocheckpoint={options.CheckpointPages}");
        if (options.MaxPages is { } pages)
        {
            session.Execute($"PRAGMA max_page_count={pages}");
        }

        return session;
    }

    public static SqliteSession OpenReader(string file, SqliteOptions options)
    {
        var session = Open(file, options, options.ReaderCacheKiB);
        session.Execute("PRAGMA query_only=1");
        return session;
    }

    /// <summary>Runs statements that are used once.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_connection, sql);
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFailure.From(_connection, code);
        }
    }

    public long Scalar(string sql)
    {
        using var statement = new SqliteStatement(_connection, sql);
        return statement.Scalar() ?? 0;
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement?.Dispose();
        }

        _connection.Dispose();
    }

    // Of processes that open a new file at once each wants to be the one that changes its mode: SQLite refuses the others
    // at once, without the patience that it has elsewhere, since waiting with the locks they hold could be for ever.
    private void UseWal(int patienceMilliseconds)
    {
        const int Pause = 10;
        for (var waited = 0; ; waited += Pause)
        {
            try
            {
                Execute("PRAGMA journal_mode=WAL");
                return;
            }
            catch (SqliteFailure failure) when (failure.Code is raw.SQLITE_BUSY && waited < patienceMilliseconds)
            {
#pragma warning disable RS0030 // the file is opened synchronously, once, before anything could be awaited
                Thread.Sleep(Pause);
#pragma warning restore RS0030
            }
        }
    }

    private static SqliteSession Open(string file, SqliteOptions options, int cacheKiB)
    {
        var code = raw.sqlite3_open_v2(file, out var connection, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var failure = SqliteFailure.From(connection, code);
            connection?.Dispose();
            throw failure;
        }

        var session = new SqliteSession(connection);
        try
        {
            _ = raw.sqlite3_busy_timeout(connection, options.BusyTimeoutMilliseconds);
            // Else a plan depends on the values bound to it, and whatever touches a partial index is parsed anew at each run.
            _ = raw.sqlite3_db_config(connection, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
            session.Execute($"PRAGMA page_size={options.PageBytes}");
            session.UseWal(options.BusyTimeoutMilliseconds);
            session.Execute($"PRAGMA synchronous=FULL; PRAGMA cache_size=-{cacheKiB}; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=0");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
