using System.Collections.Concurrent;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>A few connections that only read, beside the writer and without waiting for it. A read runs on the caller's thread.</summary>
internal sealed class SqliteReaders : IDisposable
{
    private readonly ConcurrentStack<SqliteSession> _idle = new();
    private readonly SemaphoreSlim _places;
    private readonly string _file;
    private readonly SqliteOptions _options;

    public SqliteReaders(string file, SqliteOptions options)
    {
        _file = file;
        _options = options;
        _places = new SemaphoreSlim(options.Readers);
    }

    public ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<SqliteSession, TArgument, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
#pragma warning disable VSTHRD103 // a wait of zero does not block
        return _places.Wait(0, CancellationToken.None)
#pragma warning restore VSTHRD103
            ? ValueTask.FromResult(Read(argument, read))
            : WaitAsync(argument, read, cancellationToken);
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var session))
        {
            session.Dispose();
        }

        _places.Dispose();
    }

    private async ValueTask<TResult> WaitAsync<TArgument, TResult>(
        TArgument argument, Func<SqliteSession, TArgument, TResult> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return Read(argument, read);
    }

    private TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteSession, TArgument, TResult> read)
    {
        SqliteSession? session = null;
        try
        {
            session = _idle.TryPop(out var idle) ? idle : SqliteSession.OpenReader(_file, _options);
            var result = read(session, argument);
            _idle.Push(session);
            return result;
        }
        catch (SqliteFailure failure)
        {
            session?.Dispose();
            throw failure.ToIOException();
        }
        finally
        {
            _places.Release();
        }
    }
}
