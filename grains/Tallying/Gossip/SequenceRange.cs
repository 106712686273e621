using System.Runtime.InteropServices;

namespace Actors.Tallying.Gossip;

/// <summary>Sequences from one to another, both included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SequenceRange(long Start, long End)
{
    /// <summary>What is in the first ranges and not in the second; both rise and do not touch.</summary>
    public static IEnumerable<SequenceRange> Except(IEnumerable<SequenceRange> ranges, IReadOnlyList<SequenceRange> without)
    {
        var i = 0;
        foreach (var range in ranges)
        {
            var start = range.Start;
            while (i < without.Count && without[i].End < start)
            {
                i++;
            }

            for (var j = i; j < without.Count && without[j].Start <= range.End && start <= range.End; j++)
            {
                if (without[j].Start > start)
                {
                    yield return new SequenceRange(start, without[j].Start - 1);
                }

                start = without[j].End + 1;
            }

            if (start <= range.End)
            {
                yield return range with { Start = start };
            }
        }
    }
}
