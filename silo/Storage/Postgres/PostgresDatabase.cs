using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The shared database: a lane or more that write in groups, one that reads state in groups, and a few connections for the rest.</summary>
internal sealed class PostgresDatabase : IStorageHealth, IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly GenerationGuard _guard;
    private readonly StorageHealth _health;
    private readonly WriteLane[] _lanes;
    private readonly WriteLane _shared;
    private readonly SemaphoreSlim _readers;
    private bool _disposed;

    private PostgresDatabase(NpgsqlDataSource source, PostgresOptions options, GenerationGuard guard, ILogger logger)
    {
        _source = source;
        _guard = guard;
        _health = new StorageHealth(logger);
        _lanes = [.. Enumerable.Range(0, options.Writers).Select(_ => new WriteLane(source, guard, options, options.Fence, _health, logger))];
        _shared = new WriteLane(source, guard, options, fence: null, _health, logger);
        States = new StateReads(source, guard);
        // What is left of the pool for reads: without the lanes, the lane of state reads and two that membership needs.
        _readers = new SemaphoreSlim(Math.Max(1, options.MaxConnections - options.Writers - 4));
    }

    public string? Problem => _health.Problem;

    public StateReads States { get; }

    /// <summary>The process's pool, for what belongs to the cluster and not to grains.</summary>
    public NpgsqlDataSource Source => _source;

    /// <exception cref="InvalidDataException">The server or the database cannot be used as it is.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public static PostgresDatabase Open(PostgresOptions options, ILogger? logger = null)
    {
        var guard = new GenerationGuard();
        logger ??= NullLogger.Instance;
        return new PostgresDatabase(PostgresSetup.Open(options, guard, logger), options, guard, logger);
    }

    /// <summary>Queues a write of what grains own; it is durable when the task completes. A key always takes the same lane.</summary>
    public ValueTask<TResult> WriteAsync<TResult>(PostgresWrite<TResult> write) =>
        _lanes[(uint)write.Lane % (uint)_lanes.Length].WriteAsync(write);

    /// <summary>The same for what every process may write, member of the cluster or not.</summary>
    public ValueTask<TResult> WriteSharedAsync<TResult>(PostgresWrite<TResult> write) => _shared.WriteAsync(write);

    public async ValueTask<TResult> ReadAsync<TResult>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, Task<TResult>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _guard.ThrowIfReplaced();
        await _readers.WaitAsync(cancellationToken);
        try
        {
            return await _source.WithConnectionAsync(async connection =>
            {
                await using var command = new NpgsqlCommand(sql, connection);
                bind(command.Parameters);
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                return await read(rows);
            }, cancellationToken);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw PostgresFailure.ToIOException(failure);
        }
        finally
        {
            _readers.Release();
        }
    }

    public async ValueTask<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Each batch is a real write: of its own number.
            await WriteSharedAsync(new ProbeWrite(cancellationToken));
            return true;
        }
        catch (IOException)
        {
            // The health has the reason.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await Task.WhenAll([.. _lanes.Append(_shared).Select(lane => lane.DisposeAsync().AsTask()), States.DisposeAsync().AsTask()]);
            await _source.DisposeAsync();
            _readers.Dispose();
            _guard.Dispose();
        }
    }

#pragma warning disable VSTHRD002 // for containers that are disposed synchronously; nothing here needs the caller's thread
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}
