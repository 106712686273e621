using System.Threading.Channels;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Writes that wait for a lane. It takes all that wait at once, at most one per key.</summary>
internal sealed class PostgresWriteQueue
{
    // Timers have no finer one. Who was just answered is mostly back long before.
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(1);

    private readonly Channel<PostgresWrite> _waiting;
    private readonly int _batchRows;
    private readonly TimeProvider _time;
    private readonly Gathering _gathering;
    private readonly HashSet<Guid> _keys = [];
    private List<PostgresWrite> _postponed = [];
    private List<PostgresWrite> _retried = [];
    private volatile TaskCompletionSource? _gathered;

    public PostgresWriteQueue(int capacity, int batchRows, TimeProvider time)
    {
        _waiting = Channel.CreateBounded<PostgresWrite>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _batchRows = batchRows;
        _time = time;
        _gathering = new Gathering(batchRows);
    }

    public bool TryAdd(PostgresWrite write)
    {
        if (!_waiting.Writer.TryWrite(write))
        {
            return false;
        }

        if (_gathered is { } gathered && _waiting.Reader.Count >= _gathering.Expected)
        {
            gathered.TrySetResult();
        }

        return true;
    }

    public ValueTask AddAsync(PostgresWrite write) => _waiting.Writer.WriteAsync(write, write.CancellationToken);

    /// <summary>What is in the queue is still written.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>Waits for writes and fills the next batch; false when the queue is closed and empty.</summary>
    public async ValueTask<bool> TakeAsync(List<PostgresWrite> batch)
    {
        while (batch.Count == 0)
        {
            if (_postponed.Count == 0)
            {
                if (!await _waiting.Reader.WaitToReadAsync())
                {
                    return false;
                }

                await GatherAsync();
            }

            Fill(batch);
        }

        return true;
    }

    /// <summary>Before the answers are given: those who get them often write again at once.</summary>
    public void Answer(int writes, TimeSpan commit) => _gathering.Answer(writes, _waiting.Reader.Count, commit);

    // It waits without a thread: the callers, and the database, may need this one's processor to come back.
    private async ValueTask GatherAsync()
    {
        if (!AreThere())
        {
            var gathered = _gathered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!AreThere())
            {
                await gathered.Task.WaitAsync(s_gathering, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _gathered = null;
        }

        _gathering.End(inTime: AreThere());

        bool AreThere() => _waiting.Reader.Count >= _gathering.Expected;
    }

    private void Fill(List<PostgresWrite> batch)
    {
        _keys.Clear();
        (_retried, _postponed) = (_postponed, _retried);
        var rows = 0;
        foreach (var write in _retried)
        {
            rows += Place(write, batch);
        }

        _retried.Clear();
        while (rows < _batchRows && _postponed.Count < _batchRows && _waiting.Reader.TryRead(out var write))
        {
            rows += Place(write, batch);
        }
    }

    private int Place(PostgresWrite write, List<PostgresWrite> batch)
    {
        if (write.CancellationToken.IsCancellationRequested)
        {
            write.Error = new OperationCanceledException(write.CancellationToken);
            write.Complete();
            return 0;
        }

        if (write.Key != Guid.Empty && !_keys.Add(write.Key))
        {
            // A later write of the same key waits for the next batch, in its place.
            _postponed.Add(write);
            return 0;
        }

        batch.Add(write);
        return write.Rows;
    }
}
