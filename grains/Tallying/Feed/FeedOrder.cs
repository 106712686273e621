using System.Collections.Immutable;

namespace Actors.Tallying.Feed;

/// <summary>
/// Puts events that arrive in any order into the log's: each comes with the position before it, so that what follows a
/// gap waits until the gap is closed. In the order of arrival they are there at once.
/// </summary>
internal sealed class FeedOrder(int capacity)
{
    private const int MaxWaiting = 4_096;

    private readonly EventRing _ring = new(capacity);
    private readonly Arrivals _arrivals = new(capacity);
    private readonly SortedDictionary<long, PlacedScans> _waiting = [];
    private readonly HashSet<long> _ahead = [];

    /// <summary>Whether it knows a place in the campaign's order at all.</summary>
    public bool IsPlaced => _ring.IsPlaced;

    /// <summary>The position after which the oldest event in order comes.</summary>
    public long Start => _ring.Start;

    /// <summary>The position of the last event in order.</summary>
    public long Head => _ring.Head;

    /// <summary>How many events have arrived.</summary>
    public long Arrived => _arrivals.Count;

    /// <summary>The highest position that has arrived.</summary>
    public long Highest { get; private set; }

    /// <summary>Where the first gap ends, when there is one.</summary>
    public long? GapEnd => _waiting.Count == 0 ? null : _waiting.First().Key;

    /// <summary>Begins after a position: nothing before it is missed.</summary>
    public void Place(long position)
    {
        if (!_ring.IsPlaced)
        {
            _ring.Reset(position);
        }
    }

    /// <summary>Takes events in any order; whether there is anything new.</summary>
    public bool Take(PlacedScans placed)
    {
        Place(placed.After);
        if (_waiting.Count >= MaxWaiting && placed.After > _ring.Head)
        {
            // the gap is closed from the log, and this with it
            return false;
        }

        var (arrived, head) = (_arrivals.Count, _ring.Head);
        foreach (var tallied in placed.Events)
        {
            Arrive(tallied);
        }

        if (!_waiting.TryGetValue(placed.After, out var known) || known.Events.Length < placed.Events.Length)
        {
            _waiting[placed.After] = placed;
        }

        Drain();
        return _arrivals.Count > arrived || _ring.Head > head;
    }

    /// <summary>Gives up what is missing before a position; whether there is anything new.</summary>
    public bool Skip(long gapEnd)
    {
        if (_ring.Head >= gapEnd)
        {
            return false;
        }

        _ring.Reset(gapEnd);
        Drain();
        return true;
    }

    /// <summary>Events after a position and up to another, or null when older ones than it holds are asked for.</summary>
    public EventPage? Read(long after, int limit, long upTo = long.MaxValue) => _ring.Read(after, limit, upTo);

    /// <summary>Events by the numbers of their arrival; null when they are too old or more than so many.</summary>
    public ImmutableArray<TallyEvent>? ReadArrived(long after, long upTo, int limit) => _arrivals.Read(after, upTo, limit);

    private void Arrive(TallyEvent tallied)
    {
        var isKnown = tallied.Position <= _ring.Head ? tallied.Position > _ring.Start : !_ahead.Add(tallied.Position);
        if (!isKnown)
        {
            _arrivals.Add(tallied);
            Highest = Math.Max(Highest, tallied.Position);
        }
    }

    private void Drain()
    {
        while (GapEnd is { } after && after <= _ring.Head)
        {
            _waiting.Remove(after, out var placed);
            foreach (var tallied in placed!.Events)
            {
                if (tallied.Position > _ring.Head)
                {
                    _ring.Add(tallied);
                }
            }
        }

        if (_ahead.Count > 0)
        {
            _ahead.RemoveWhere(position => position <= _ring.Head);
        }
    }
}
