using System.Collections.Immutable;

namespace Actors.Tallying.Feed;

/// <summary>The most recent events of a campaign in the order in which they arrived here, numbered from 1.</summary>
internal sealed class Arrivals(int capacity)
{
    private readonly List<TallyEvent> _items = [];
    private long _left;

    /// <summary>How many have arrived.</summary>
    public long Count => _left + _items.Count;

    /// <summary>Adds one; the oldest leave, many at a time.</summary>
    public void Add(TallyEvent tallied)
    {
        if (_items.Count == capacity * 2)
        {
            _items.RemoveRange(0, capacity);
            _left += capacity;
        }

        _items.Add(tallied);
    }

    /// <summary>Those after a number and up to another; null when older ones than it holds are asked for, or more than so many.</summary>
    public ImmutableArray<TallyEvent>? Read(long after, long upTo, int limit)
    {
        var count = Math.Max(0, upTo - after);
        return after < _left || count > limit ? null : [.. _items.GetRange((int)(after - _left), (int)count)];
    }
}
