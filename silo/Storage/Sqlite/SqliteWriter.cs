using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>
/// The one thread that writes: everything that waits becomes one transaction, and each item has its own answer.
/// When an item fails after it wrote, the batch is undone and repeated with a savepoint around each, so that only the culprit fails.
/// </summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private const int BusyRetries = 3;

    private static readonly Sql s_begin = new("BEGIN IMMEDIATE");
    private static readonly Sql s_commit = new("COMMIT");
    private static readonly Sql s_rollback = new("ROLLBACK");
    private static readonly Sql s_savepoint = new("SAVEPOINT item");
    private static readonly Sql s_release = new("RELEASE item");
    private static readonly Sql s_undo = new("ROLLBACK TO item");
    private static readonly Sql s_mark = new("INSERT INTO writer (id, batch) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET batch = excluded.batch");
    private static readonly Sql s_marked = new("SELECT batch FROM writer WHERE id = ?1");

    private readonly string _file;
    private readonly SqliteOptions _options;
    private readonly StorageHealth _health;
    private readonly ILogger _logger;
    private readonly WriteQueue _queue;
    private readonly Thread _thread;
    private SqliteSession? _session;

    public SqliteWriter(string file, SqliteSession session, SqliteOptions options, StorageHealth health, ILogger logger)
    {
        _file = file;
        _session = session;
        _options = options;
        _health = health;
        _logger = logger;
        _queue = new WriteQueue(options.QueueCapacity, options.BatchRows);
        _thread = new Thread(Run) { Name = "storage writer", IsBackground = true };
        _thread.Start();
    }

    public ValueTask<TResult> WriteAsync<TArgument, TResult>(WriteItem<TArgument, TResult> item)
    {
        item.CancellationToken.ThrowIfCancellationRequested();
        return _queue.TryAdd(item) ? item.Task : WaitForPlaceAsync(item);
    }

    /// <summary>Writes what is queued, then ends.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        _queue.Dispose();
    }

    private async ValueTask<TResult> WaitForPlaceAsync<TArgument, TResult>(WriteItem<TArgument, TResult> item)
    {
        await _queue.AddAsync(item, item.CancellationToken);
        return await item.Task;
    }

    private void Run()
    {
        var batch = new List<WriteItem>();
        while (_queue.Take(batch))
        {
            Write(batch);
            foreach (var item in batch)
            {
                item.Complete();
            }

            batch.Clear();
        }

        _session?.Dispose();
    }

    private void Write(List<WriteItem> batch)
    {
        try
        {
            if (!TryWrite(batch, isolated: false))
            {
                _ = TryWrite(batch, isolated: true);
            }

            var failed = batch.Find(item => item.Error is IOException { InnerException: SqliteFailure { IsStorage: true } });
            _health.Report(failed?.Error?.Message);
        }
#pragma warning disable CA1031 // whatever it was, the callers get it and the thread goes on
        catch (Exception e)
#pragma warning restore CA1031
        {
            var failure = e is SqliteFailure sqlite ? sqlite.ToIOException() : e;
            LogBatchFailed(failure, batch.Count);
            _health.Report(failure.Message);
            batch.ForEach(item => item.Error ??= failure);
        }
    }

    /// <summary>False when the batch was undone and may succeed item by item; throws when nothing can be written.</summary>
    private bool TryWrite(List<WriteItem> batch, bool isolated)
    {
        var session = _session ??= SqliteSession.OpenWriter(_file, _options);
        try
        {
            Begin(session);
            foreach (var item in batch)
            {
                if (!Execute(session, item, isolated))
                {
                    Undo(session);
                    return false;
                }
            }
        }
        catch
        {
            Undo(session);
            throw;
        }

        try
        {
            Commit(session);
            return true;
        }
        catch (SqliteFailure) when (!isolated)
        {
            return false;
        }
    }

    /// <summary>False when the whole batch has to be undone; never when isolated.</summary>
    private static bool Execute(SqliteSession session, WriteItem item, bool isolated)
    {
        var changes = session.TotalChanges;
        if (isolated)
        {
            session[s_savepoint].Run();
        }

        try
        {
            item.Error = null;
            item.Execute(session);
            if (isolated)
            {
                session[s_release].Run();
            }

            return true;
        }
#pragma warning disable CA1031 // it belongs to the caller of this item
        catch (Exception e)
#pragma warning restore CA1031
        {
            item.Error = e is SqliteFailure failure ? failure.ToIOException() : e;
            session.Ids.Clear();
            if (!session.InTransaction)
            {
                // SQLite itself has undone everything; the savepoints are gone with it.
                return isolated ? throw item.Error : false;
            }

            if (isolated)
            {
                session[s_undo].Run();
                session[s_release].Run();
                return true;
            }

            return session.TotalChanges == changes && e is not SqliteFailure { IsStorage: true };
        }
    }

    private void Begin(SqliteSession session)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                session[s_begin].Run();
                return;
            }
            catch (SqliteFailure failure) when (failure.Code == raw.SQLITE_BUSY && attempt < BusyRetries)
            {
                LogBusy(attempt);
            }
        }
    }

    /// <summary>When COMMIT fails, only a new connection can tell whether the batch is in the database.</summary>
    private void Commit(SqliteSession session)
    {
        var id = _options.Exclusive ? 1 : 2;
        var mark = ETags.Next();
        try
        {
            session[s_mark].Bind(1, id).Bind(2, mark).Run();
            _options.BeforeCommit?.Invoke();
            session[s_commit].Run();
            _options.AfterCommit?.Invoke();
        }
        catch (SqliteFailure failure)
        {
            _session = null;
            session.Dispose();
            _session = SqliteSession.OpenWriter(_file, _options);
            var committed = _session[s_marked].Bind(1, id).Scalar() == mark;
            LogCommitFailed(failure, committed);
            if (!committed)
            {
                throw;
            }
        }
    }

    private void Undo(SqliteSession session)
    {
        session.Ids.Clear();
        try
        {
            if (session.InTransaction)
            {
                session[s_rollback].Run();
            }
        }
        catch (SqliteFailure failure)
        {
            // Closing the connection undoes it as well.
            LogUndoFailed(failure);
            _session = null;
            session.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Items} writes failed")]
    private partial void LogBatchFailed(Exception exception, int items);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A commit failed; on a new connection the batch is there: {Committed}")]
    private partial void LogCommitFailed(Exception exception, bool committed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transaction could not be rolled back; the connection is closed")]
    private partial void LogUndoFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another process holds the database (attempt {Attempt})")]
    private partial void LogBusy(int attempt);
}
