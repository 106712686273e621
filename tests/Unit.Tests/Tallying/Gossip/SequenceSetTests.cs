using Actors.Tallying.Gossip;

namespace Actors.Unit.Tests.Tallying.Gossip;

public sealed class SequenceSetTests
{
    [Fact]
    public void TryAdd_InAnyOrder_KnowsWhatWasAdded()
    {
        var random = new Random(11);
        for (var run = 0; run < 300; run++)
        {
            var (set, known, floor) = (new SequenceSet(), new HashSet<long>(), 0);
            for (var step = 0; step < 120; step++)
            {
                var sequence = random.Next(1, 80);
                if (random.Next(40) == 0)
                {
                    floor = Math.Max(floor, sequence);
                    set.Raise(sequence);
                }
                else
                {
                    Assert.Equal(sequence > floor && known.Add(sequence), set.TryAdd(sequence));
                }
            }

            var all = Enumerable.Range(1, 80).Where(sequence => sequence <= floor || known.Contains(sequence)).Select(sequence => (long)sequence);
            Assert.Equal(all, set.Ranges().SelectMany(Sequences));
            Assert.Equal(all, Enumerable.Range(1, 80).Select(sequence => (long)sequence).Where(set.Contains));
        }
    }

    [Fact]
    public void TryAdd_OfOneIslandTooMany_IsRefusedUntilAGapCloses()
    {
        var set = new SequenceSet();
        for (var i = 1; i <= SequenceSet.MaxIslands; i++)
        {
            Assert.True(set.TryAdd(2 * i));
        }

        Assert.False(set.TryAdd(2 * SequenceSet.MaxIslands + 2));
        Assert.True(set.TryAdd(1));
        Assert.True(set.TryAdd(2 * SequenceSet.MaxIslands + 2));
    }

    [Fact]
    public void Except_OfAnyTwo_IsTheirDifference()
    {
        var random = new Random(5);
        for (var run = 0; run < 500; run++)
        {
            var (one, other) = (Some(random), Some(random));
            var expected = one.Ranges().SelectMany(Sequences).Except(other.Ranges().SelectMany(Sequences));
            Assert.Equal(expected, SequenceRange.Except(one.Ranges(), [.. other.Ranges()]).SelectMany(Sequences));
        }
    }

    private static SequenceSet Some(Random random)
    {
        var set = new SequenceSet();
        for (var i = random.Next(30); i > 0; i--)
        {
            set.TryAdd(random.Next(1, 50));
        }

        return set;
    }

    private static IEnumerable<long> Sequences(SequenceRange range)
    {
        for (var i = range.Start; i <= range.End; i++)
        {
            yield return i;
        }
    }
}
