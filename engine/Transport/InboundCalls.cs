namespace Actors.Engine.Transport;

/// <summary>The calls of the other end that are not answered yet, by its numbers.</summary>
internal sealed class InboundCalls
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, InboundCall> _calls = [];
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>Adds a call; false when the number is in use or the connection has ended.</summary>
    public bool TryAdd(long number, InboundCall call)
    {
        lock (_lock)
        {
            return !_isClosed && _calls.TryAdd(number, call);
        }
    }

    public InboundCall? Find(long number)
    {
        lock (_lock)
        {
            return _calls.GetValueOrDefault(number);
        }
    }

    /// <summary>All that are there now.</summary>
    public List<InboundCall> All()
    {
        lock (_lock)
        {
            return [.. _calls.Values];
        }
    }

    public void Remove(long number)
    {
        lock (_lock)
        {
            _calls.Remove(number);
        }
    }

    /// <summary>Takes all, and no more are added.</summary>
    public List<InboundCall> Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            var all = _calls.Values.ToList();
            _calls.Clear();
            return all;
        }
    }
}
