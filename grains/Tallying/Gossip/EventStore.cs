using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>
/// The events of one campaign that this process knows, once for all of its readers: records by (reader, sequence), what
/// is known of whom, and the scan that counts as the first of each certificate. Not safe for several threads.
/// </summary>
internal sealed class EventStore(EventStoreLimits limits)
{
    private const int EvictedAtOnce = 64;

    private readonly VersionVector _known = new();
    private readonly Dictionary<Guid, SortedList<long, GossipRecord>> _logs = [];
    private readonly Dictionary<Guid, DateTimeOffset> _gone = [];
    private readonly FirstScans _firsts = new();
    private ImmutableArray<GossipRecord>? _order;

    /// <summary>Records held.</summary>
    public int Count { get; private set; }

    /// <summary>Readers of which something is known.</summary>
    public int OriginCount => _known.Count;

    /// <summary>Which sequences of whom are known.</summary>
    public VersionVector Known => _known;

    /// <summary>Adds a record; false when it was known, has expired, or there is no room for one more gap.</summary>
    public bool TryAdd(GossipRecord record)
    {
        if (record.Sequence < 1 || !_known.TryAdd(record.Origin, record.Sequence))
        {
            return false;
        }

        if (!_logs.TryGetValue(record.Origin, out var log))
        {
            _logs.Add(record.Origin, log = []);
            _gone.Remove(record.Origin);
        }

        log.Add(record.Sequence, record);
        _order = null;
        Count++;
        _firsts.Add(record);
        while (Count > limits.MaxRecords)
        {
            EvictOldest();
        }

        return true;
    }

    /// <summary>The record, when it is held.</summary>
    public GossipRecord? Find(Guid origin, long sequence) =>
        _logs.TryGetValue(origin, out var log) ? log.GetValueOrDefault(sequence) : null;

    /// <summary>The records held.</summary>
    public IEnumerable<(Guid Origin, long Sequence)> Held() =>
        _logs.SelectMany(log => log.Value.Keys.Select(sequence => (log.Key, sequence)));

    /// <summary>The scan that counts as the first of a certificate, as far as is known here.</summary>
    public TallyEvent? FirstOf(Guid certificate) => _firsts.Find(certificate);

    /// <summary>The records among the wanted that are held, a page at most.</summary>
    public ImmutableArray<GossipRecord> Read(IEnumerable<KnownSequences> wanted, int limit)
    {
        var page = ImmutableArray.CreateBuilder<GossipRecord>();
        foreach (var (origin, _, ranges, _) in wanted)
        {
            foreach (var range in ranges)
            {
                Take(origin, range, limit, page);
            }
        }

        return page.ToImmutable();
    }

    /// <summary>
    /// Where to begin to read the log for what came after a position: at the last event before it that is known here, so
    /// that the first record read has its true predecessor; at the position itself when none is.
    /// </summary>
    public long LogStart(long position)
    {
        var order = Order();
        var next = FirstAfter(order, position);
        return next == 0 ? position : order[next - 1].Events[^1].Position;
    }

    /// <summary>Events after a position in the campaign's order, up to the first that is missing here; null when the next one is, or nothing is known at all.</summary>
    public EventPage? ReadPage(long after, int limit)
    {
        var order = Order();
        var low = FirstAfter(order, after);
        var (events, cursor) = (ImmutableArray.CreateBuilder<TallyEvent>(), after);
        for (; low < order.Length && order[low].After <= cursor && order[low].After >= 0 && events.Count < limit; low++)
        {
            foreach (var tallied in order[low].Events.Where(tallied => tallied.Position > cursor))
            {
                events.Add(tallied);
            }

            cursor = events[^1].Position;
        }

        var isMissing = events.Count == 0 && (low < order.Length || order.IsEmpty);
        return isMissing ? null : new EventPage(after, cursor, low < order.Length, events.DrainToImmutable());
    }

    /// <summary>
    /// What the teller of a page lacks and what it has that is not known here, both a page at most. What has expired
    /// there is not asked for any more.
    /// </summary>
    public Difference Compare(KnownPage told, int limit)
    {
        var lacking = ImmutableArray.CreateBuilder<GossipRecord>();
        var wanted = new List<KnownSequences>();
        var (asked, isCut) = (0L, false);
        var entries = told.Entries.ToDictionary(entry => entry.Origin);
        foreach (var (origin, known) in _known.In(told))
        {
            var theirs = entries.GetValueOrDefault(origin);
            foreach (var range in SequenceRange.Except(known.Ranges(), theirs?.Ranges ?? []))
            {
                Take(origin, range with { End = Math.Min(range.End, theirs?.UpTo ?? long.MaxValue) }, limit + 1, lacking);
            }
        }

        foreach (var entry in told.Entries)
        {
            Adopt(entry);
            var missing = new List<SequenceRange>();
            foreach (var range in SequenceRange.Except(entry.Ranges, [.. _known.Find(entry.Origin)?.Ranges() ?? []]))
            {
                var room = limit - asked;
                isCut |= range.End - range.Start >= room;
                if (room > 0)
                {
                    missing.Add(range with { End = Math.Min(range.End, range.Start + room - 1) });
                    asked += missing[^1].End - missing[^1].Start + 1;
                }
            }

            if (missing.Count > 0)
            {
                wanted.Add(new KnownSequences(entry.Origin, 0, missing, long.MaxValue));
            }
        }

        var more = isCut || lacking.Count > limit;
        return new Difference(lacking.Count > limit ? [.. lacking.Take(limit)] : lacking.ToImmutable(), wanted, more);
    }

    /// <summary>Drops what was received before a moment, and readers of which nothing is left for as long again.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (var (origin, log) in _logs.ToList())
        {
            var count = 0;
            while (count < log.Count && ReceivedAt(log.GetValueAtIndex(count)) < now - limits.Retention)
            {
                count++;
            }

            if (count > 0)
            {
                Drop(origin, log, count);
            }

            if (count == log.Count)
            {
                _gone[origin] = now;
            }
        }

        foreach (var (origin, since) in _gone.ToList())
        {
            if (since < now - limits.Retention)
            {
                _gone.Remove(origin);
                _known.Remove(origin);
            }
        }
    }

    private ImmutableArray<GossipRecord> Order() =>
        _order ??= [.. _logs.Values.SelectMany(log => log.Values).OrderBy(record => record.Events[0].Position)];

    private static int FirstAfter(ImmutableArray<GossipRecord> order, long position)
    {
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = order[middle].Events[^1].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static DateTimeOffset ReceivedAt(GossipRecord record) => record.Events[0].ReceivedAt;

    private void Take(Guid origin, SequenceRange range, int limit, ImmutableArray<GossipRecord>.Builder page)
    {
        if (!_logs.TryGetValue(origin, out var log))
        {
            return;
        }

        for (var i = FirstFrom(log.Keys, range.Start); i < log.Count && page.Count < limit && log.GetKeyAtIndex(i) <= range.End; i++)
        {
            page.Add(log.GetValueAtIndex(i));
        }
    }

    private static int FirstFrom(IList<long> sequences, long sequence)
    {
        var (low, high) = (0, sequences.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sequences[middle] < sequence)
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

    private void Adopt(KnownSequences entry)
    {
        var known = _known.Find(entry.Origin);
        var holdsSome = entry.Ranges is [.., var last] && last.End > entry.Floor;
        if (entry.Floor > (known?.Contiguous ?? 0) && (known is not null || holdsSome))
        {
            // of a reader that is all gone there is nothing to remember
            _known.Raise(entry.Origin, entry.Floor);
        }
    }

    private void EvictOldest()
    {
        var (origin, log) = _logs.MinBy(entry => ReceivedAt(entry.Value.GetValueAtIndex(0)));
        Drop(origin, log, Math.Min(log.Count, EvictedAtOnce));
    }

    private void Drop(Guid origin, SortedList<long, GossipRecord> log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _firsts.Remove(log.GetValueAtIndex(i));
        }

        _order = null;
        var last = log.GetKeyAtIndex(count - 1);
        Count -= count;
        if (count == log.Count)
        {
            _logs.Remove(origin);
        }
        else
        {
            _logs[origin] = new SortedList<long, GossipRecord>(log.Skip(count).ToDictionary());
        }

        _known.Raise(origin, last);
    }
}
