namespace Actors.Engine.Transport;

/// <summary>First in, first out, linked through the items. Not for two threads at once.</summary>
internal struct OutboundQueue
{
    private OutboundItem? _first;
    private OutboundItem? _last;

    public readonly bool IsEmpty => _first is null;

    public int Count { get; private set; }

    public void Add(OutboundItem item)
    {
        item.Next = null;
        if (_last is null)
        {
            _first = item;
        }
        else
        {
            _last.Next = item;
        }

        _last = item;
        Count++;
    }

    public OutboundItem? Take()
    {
        var item = _first;
        if (item is null)
        {
            return null;
        }

        _first = item.Next;
        if (_first is null)
        {
            _last = null;
        }

        item.Next = null;
        Count--;
        return item;
    }
}
