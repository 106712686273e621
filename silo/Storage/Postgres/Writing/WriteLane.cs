using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>
/// One writer: everything that waits for it becomes one transaction in one round trip, and each write has its own answer.
/// When a row is refused the batch is halved until the culprit is alone.
/// </summary>
internal sealed partial class WriteLane : IAsyncDisposable
{
    private const int MaxRaces = 8;
    private const int MaxLosses = 100;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly PostgresOptions _options;
    private readonly IMembershipFence? _fence;
    private readonly StorageHealth _health;
    private readonly ILogger _logger;
    private readonly LaneConnection _connection;
    private readonly PostgresWriteQueue _queue;
    private readonly Task _running;

    public WriteLane(NpgsqlDataSource source, GenerationGuard guard, PostgresOptions options, IMembershipFence? fence, StorageHealth health, ILogger logger)
    {
        _options = options;
        _fence = fence;
        _health = health;
        _logger = logger;
        _connection = new LaneConnection(source, guard);
        _queue = new PostgresWriteQueue(options.QueueCapacity, options.BatchRows, TimeProvider.System);
        _running = Task.Run(RunAsync);
    }

    public ValueTask<TResult> WriteAsync<TResult>(PostgresWrite<TResult> write)
    {
        write.CancellationToken.ThrowIfCancellationRequested();
        return _queue.TryAdd(write) ? write.Task : WaitForPlaceAsync(write);
    }

    /// <summary>Writes what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _running;
        await _connection.DisposeAsync();
    }

    private async ValueTask<TResult> WaitForPlaceAsync<TResult>(PostgresWrite<TResult> write)
    {
        try
        {
            await _queue.AddAsync(write);
        }
        catch (System.Threading.Channels.ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The storage is closed.", closed);
        }

        return await write.Task;
    }

    private async Task RunAsync()
    {
        var batch = new List<PostgresWrite>();
        while (await _queue.TakeAsync(batch))
        {
            var started = TimeProvider.System.GetTimestamp();
            await WriteAsync(batch);
            _queue.Answer(batch.Count, TimeProvider.System.GetElapsedTime(started));
            batch.ForEach(write => write.Complete());
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<PostgresWrite> writes)
    {
        try
        {
            await CommitAsync(writes);
            _health.Report(problem: null);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresFailure.NotAMember)
        {
            Fail(writes, new NotAMemberException(_fence?.Current, refusal));
        }
        catch (NotAMemberException refusal)
        {
            Fail(writes, refusal);
        }
        catch (Exception failure) when (writes.Count > 1 && !PostgresFailure.IsServers(failure) && !PostgresFailure.IsLost(failure))
        {
            LogHalved(failure, writes.Count);
            var half = writes.Count / 2;
            await WriteAsync(writes[..half]);
            await WriteAsync(writes[half..]);
        }
#pragma warning disable CA1031 // whatever it was, the callers get it and the lane goes on
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var outage = PostgresFailure.ToIOException(failure);
            Fail(writes, outage);
            if (failure is DatabaseRestoredException)
            {
                LogReplaced(failure);
                _options.Replaced?.Invoke();
            }

            if (PostgresFailure.IsServers(failure) || PostgresFailure.IsLost(failure))
            {
                LogFailed(failure, writes.Count);
                _health.Report(outage.Message);
            }
        }
    }

    private async Task CommitAsync(List<PostgresWrite> writes)
    {
        var started = TimeProvider.System.GetTimestamp();
        var patience = _health.Problem is null ? _options.Patience : TimeSpan.Zero;
        var groups = WriteGroup.Of(writes);
        long number = 0;
        for (int races = 0, losses = 0; ;)
        {
            var committed = false;
            try
            {
                if (await _connection.OpenAsync() is { } last && last == number)
                {
                    // Its answers are lost: the same once more tells what each row has become.
                    writes.ForEach(write => write.IsIn = true);
                    LogFound(writes.Count);
                }

                number = ETags.Next();
                await SendAsync(number, groups, writes);
                committed = true;
                await _connection.CompleteAsync(groups);
                return;
            }
            catch (Exception failure) when (!committed && PostgresFailure.IsRace(failure) && races < MaxRaces)
            {
                LogRace(failure, ++races);
            }
            catch (Exception failure) when (!committed && failure is PostgresException && !PostgresFailure.IsLost(failure)
                && failure is not PostgresException { SqlState: PostgresFailure.GivenUp })
            {
                throw;
            }
            catch (Exception failure) when (failure is not NotAMemberException and not DatabaseRestoredException)
            {
                await _connection.DropAsync();
                var hopeless = !PostgresFailure.IsLost(failure) && losses > 0;
                if (hopeless || ++losses > MaxLosses || TimeProvider.System.GetElapsedTime(started) > patience)
                {
                    throw;
                }

                LogLost(failure, losses);
                await Task.Delay(s_pause, TimeProvider.System);
            }
        }
    }

    private async Task SendAsync(long number, List<WriteGroup> groups, List<PostgresWrite> writes)
    {
        var stamp = _fence is null ? null : _fence.Current ?? throw new NotAMemberException(stamp: null);
        await (_options.BeforeBatch?.Invoke(writes.Count) ?? Task.CompletedTask);
        await _connection.ExecuteAsync(number, stamp, groups);
        await (_options.AfterBatch?.Invoke(writes.Count) ?? Task.CompletedTask);
    }

    // What is known to be in was not refused: whatever went wrong then, it was the attempt to ask for its answer.
    private static void Fail(List<PostgresWrite> writes, Exception failure) =>
        writes.ForEach(write => write.Error ??= write.IsIn ? new WriteUnknownException(failure) : failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Writes} writes failed")]
    private partial void LogFailed(Exception exception, int writes);

    [LoggerMessage(Level = LogLevel.Critical, Message = "This process must end")]
    private partial void LogReplaced(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Writes} writes was refused; it is repeated in halves")]
    private partial void LogHalved(Exception exception, int writes);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Another transaction was in the way (attempt {Attempt})")]
    private partial void LogRace(Exception exception, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection was lost during a write (attempt {Attempt})")]
    private partial void LogLost(Exception exception, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "A batch of {Writes} writes whose answer was lost is in the database")]
    private partial void LogFound(int writes);
}
