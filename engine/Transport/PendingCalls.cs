namespace Actors.Engine.Transport;

/// <summary>The calls of a connection that wait for their answers, by number. A number is not used again.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _lock = new();
    private Slot[] _slots = new Slot[64];
    private int _free = -1;
    private int _used;
    private bool _isClosed;

    public int Count { get; private set; }

    /// <summary>Numbers a call; 0 when the connection is closed.</summary>
    public long Add(OutboundCall call)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return 0;
            }

            var index = _free;
            if (index >= 0)
            {
                _free = _slots[index].NextFree;
            }
            else
            {
                if (_used == _slots.Length)
                {
                    Array.Resize(ref _slots, _used * 2);
                }

                index = _used++;
            }

            ref var slot = ref _slots[index];
            slot.Call = call;
            slot.Round++;
            Count++;
            return ((long)slot.Round << 32) | (uint)index;
        }
    }

    /// <summary>Takes a call out; null when it is not there (any more).</summary>
    public OutboundCall? Take(long number)
    {
        var index = (int)(number & uint.MaxValue);
        lock (_lock)
        {
            if ((uint)index >= (uint)_used || _slots[index].Round != (int)(number >> 32) || _slots[index].Call is not { } call)
            {
                return null;
            }

            _slots[index].Call = null;
            _slots[index].NextFree = _free;
            _free = index;
            Count--;
            return call;
        }
    }

    /// <summary>Takes all, and no more are added.</summary>
    public List<OutboundCall> Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            var all = _slots.Take(_used).Select(slot => slot.Call).OfType<OutboundCall>().ToList();
            _slots = [];
            _used = 0;
            _free = -1;
            Count = 0;
            return all;
        }
    }

    private struct Slot
    {
        public OutboundCall? Call;
        public int Round;
        public int NextFree;
    }
}
