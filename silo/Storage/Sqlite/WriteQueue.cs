namespace Actors.Silo.Storage.Sqlite;

/// <summary>Writes that wait for the writer's thread. It takes all that wait at once, as one or more batches.</summary>
internal sealed class WriteQueue : IDisposable
{
    private static readonly Comparer<WriteItem> s_byKey = Comparer<WriteItem>.Create(Compare);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private readonly SemaphoreSlim _places;
    private readonly int _batchRows;
    private List<WriteItem> _waiting = [];
    private List<WriteItem> _taken = [];
    private int _next;
    private readonly List<WriteItem> _postponed = [];
    private long _order;
    private bool _idle;
    private bool _closed;

    public WriteQueue(int capacity, int batchRows)
    {
        _places = new SemaphoreSlim(capacity);
        _batchRows = batchRows;
    }

    public async ValueTask AddAsync(WriteItem item, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        Add(item);
    }

    public bool TryAdd(WriteItem item)
    {
        if (!_places.Wait(0, CancellationToken.None))
        {
            return false;
        }

        Add(item);
        return true;
    }

    /// <summary>What is in the queue is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _arrived.Set();
    }

    /// <summary>Waits for writes and fills the next batch; false when the queue is closed and empty.</summary>
    public bool Take(List<WriteItem> batch)
    {
        while (batch.Count == 0)
        {
            if (_postponed.Count == 0 && _next == _taken.Count && !Refill())
            {
                return false;
            }

            Fill(batch);
        }

        return true;
    }

    public void Dispose()
    {
        _places.Dispose();
        _arrived.Dispose();
    }

    private static int Compare(WriteItem? left, WriteItem? right)
    {
        var name = string.CompareOrdinal(left!.Key.Name, right!.Key.Name);
        var key = name != 0 ? name : string.CompareOrdinal(left.Key.Key, right.Key.Key);
        return key != 0 ? key : left.Order.CompareTo(right.Order);
    }

    private void Add(WriteItem item)
    {
        bool wake;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            item.Order = ++_order;
            _waiting.Add(item);
            wake = _idle;
            _idle = false;
        }

        if (wake)
        {
            _arrived.Set();
        }
    }

    private bool Refill()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.Count > 0)
                {
                    _taken.Clear();
                    _next = 0;
                    (_taken, _waiting) = (_waiting, _taken);
                    return true;
                }

                if (_closed)
                {
                    return false;
                }

                _idle = true;
            }

            _arrived.WaitOne();
        }
    }

    private void Fill(List<WriteItem> batch)
    {
        batch.AddRange(_postponed);
        _postponed.Clear();
        var rows = 0;
        var taken = 0;
        while (_next < _taken.Count && rows < _batchRows)
        {
            var item = _taken[_next++];
            taken++;
            if (item.CancellationToken.IsCancellationRequested)
            {
                item.Error = new OperationCanceledException(item.CancellationToken);
                item.Complete();
                continue;
            }

            batch.Add(item);
            rows += item.Rows;
        }

        if (taken > 0)
        {
            _places.Release(taken);
        }

        // Without a key first, in their order; then state in key order, so that neighbours share pages.
        batch.Sort(s_byKey);
        PostponeRepeatedKeys(batch);
    }

    private void PostponeRepeatedKeys(List<WriteItem> batch)
    {
        var kept = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            if (kept > 0 && batch[i].HasKey && batch[i].Key == batch[kept - 1].Key)
            {
                _postponed.Add(batch[i]);
            }
            else
            {
                batch[kept++] = batch[i];
            }
        }

        batch.RemoveRange(kept, batch.Count - kept);
    }
}
