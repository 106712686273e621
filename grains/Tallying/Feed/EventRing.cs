using System.Collections.Immutable;

namespace Actors.Tallying.Feed;

/// <summary>The most recent events of a campaign, without a gap, in the order of their positions.</summary>
internal sealed class EventRing(int capacity)
{
    private TallyEvent[] _items = [];
    private int _first;
    private int _count;

    /// <summary>The position after which the events come.</summary>
    public long Start { get; private set; }

    /// <summary>The position of the last event, or <see cref="Start"/>.</summary>
    public long Head { get; private set; }

    /// <summary>Whether it knows a place in the campaign's order at all.</summary>
    public bool IsPlaced { get; private set; }

    /// <summary>Starts anew after a position.</summary>
    public void Reset(long position)
    {
        _first = _count = 0;
        Array.Clear(_items);
        (Start, Head, IsPlaced) = (position, position, true);
    }

    /// <summary>Adds the next event; the oldest leaves when there is no room.</summary>
    public void Add(TallyEvent tallied)
    {
        if (_count == capacity)
        {
            Start = _items[_first].Position;
            _items[_first] = tallied;
            _first = (_first + 1) % capacity;
        }
        else
        {
            Grow();
            _items[(_first + _count++) % _items.Length] = tallied;
        }

        Head = tallied.Position;
    }

    /// <summary>Events after a position and up to another, or null when older ones than it holds are asked for.</summary>
    public EventPage? Read(long after, int limit, long upTo = long.MaxValue)
    {
        if (!IsPlaced || after < Start)
        {
            return null;
        }

        var from = CountUpTo(after);
        var count = Math.Max(from, upTo >= Head ? _count : CountUpTo(upTo));
        var take = Math.Min(limit, count - from);
        var events = ImmutableArray.CreateBuilder<TallyEvent>(take);
        for (var i = from; i < from + take; i++)
        {
            events.Add(At(i));
        }

        return new EventPage(after, take == 0 ? after : events[^1].Position, from + take < count, events.MoveToImmutable());
    }

    private TallyEvent At(int index) => _items[(_first + index) % _items.Length];

    private int CountUpTo(long position)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Position <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void Grow()
    {
        if (_count < _items.Length)
        {
            return;
        }

        // it wraps only once it is at its capacity, and then it does not grow any more
        Array.Resize(ref _items, Math.Min(capacity, Math.Max(64, _items.Length * 2)));
    }
}
