namespace Actors.Tallying.Gossip;

/// <summary>Which sequences of one reader are known: all up to a point, and islands beyond it while some are missing.</summary>
internal sealed class SequenceSet
{
    /// <summary>Islands at most; a sequence that would make one more is refused and comes again when gaps have closed.</summary>
    public const int MaxIslands = 1_024;

    private readonly List<SequenceRange> _islands = [];

    /// <summary>Up to here nobody needs to ask any more: it has expired.</summary>
    public long Floor { get; private set; }

    /// <summary>All up to here are known or have expired.</summary>
    public long Contiguous { get; private set; }

    /// <summary>The highest one known.</summary>
    public long Last => _islands.Count > 0 ? _islands[^1].End : Contiguous;

    /// <summary>What is known beyond <see cref="Contiguous"/>, rising and apart from each other.</summary>
    public IReadOnlyList<SequenceRange> Islands => _islands;

    /// <summary>Whether the sequence is known.</summary>
    public bool Contains(long sequence)
    {
        if (sequence <= Contiguous)
        {
            return true;
        }

        var next = FirstIslandFrom(sequence);
        return next < _islands.Count && _islands[next].Start <= sequence;
    }

    /// <summary>Adds a sequence; false when it was known, or when there is no room for one more island.</summary>
    public bool TryAdd(long sequence)
    {
        if (Contains(sequence))
        {
            return false;
        }

        var next = FirstIslandFrom(sequence);
        var joinsNext = next < _islands.Count && _islands[next].Start == sequence + 1;
        var joinsPrevious = next > 0 ? _islands[next - 1].End == sequence - 1 : Contiguous == sequence - 1;
        if (!joinsNext && !joinsPrevious && _islands.Count >= MaxIslands)
        {
            return false;
        }

        Insert(sequence, next, joinsPrevious, joinsNext);
        return true;
    }

    /// <summary>Counts everything up to here as known and expired.</summary>
    public void Raise(long floor)
    {
        Floor = Math.Max(Floor, floor);
        if (floor > Contiguous)
        {
            Contiguous = floor;
            Swallow();
        }
    }

    /// <summary>Everything known, in ranges.</summary>
    public IEnumerable<SequenceRange> Ranges()
    {
        if (Contiguous > 0)
        {
            yield return new SequenceRange(1, Contiguous);
        }

        foreach (var island in _islands)
        {
            yield return island;
        }
    }

    private void Insert(long sequence, int next, bool joinsPrevious, bool joinsNext)
    {
        if (next == 0 && joinsPrevious)
        {
            Contiguous = sequence;
            Swallow();
            return;
        }

        var start = joinsPrevious ? _islands[next - 1].Start : sequence;
        var end = joinsNext ? _islands[next].End : sequence;
        if (joinsPrevious)
        {
            _islands[next - 1] = new SequenceRange(start, end);
            if (joinsNext)
            {
                _islands.RemoveAt(next);
            }
        }
        else if (joinsNext)
        {
            _islands[next] = new SequenceRange(start, end);
        }
        else
        {
            _islands.Insert(next, new SequenceRange(start, end));
        }
    }

    private void Swallow()
    {
        var count = 0;
        while (count < _islands.Count && _islands[count].Start <= Contiguous + 1)
        {
            Contiguous = Math.Max(Contiguous, _islands[count++].End);
        }

        _islands.RemoveRange(0, count);
    }

    /// <summary>The first island that ends at the sequence or later.</summary>
    private int FirstIslandFrom(long sequence)
    {
        var (low, high) = (0, _islands.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_islands[middle].End < sequence)
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
}
