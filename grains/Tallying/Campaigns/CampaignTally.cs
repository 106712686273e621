using System.Runtime.InteropServices;

namespace Actors.Tallying.Campaigns;

/// <summary>Counts a campaign's log as it grows: a pure fold over the log's order.</summary>
internal sealed class CampaignTally
{
    private const int PageSize = 1_000;
    private const int MaxReaders = 1_000;
    private const int MaxHours = 168;
    private const int MaxQuarters = 672;
    private const int MaxGates = 256;

    private readonly Dictionary<ScanOutcome, long> _outcomes = [];
    private readonly Dictionary<Guid, ReaderCount> _readers = [];
    private readonly SortedDictionary<DateTimeOffset, HourCount> _hours = [];
    private readonly SortedDictionary<DateTimeOffset, QuarterCount> _quarters = [];
    private readonly SortedDictionary<string, GateCount> _gates = new(StringComparer.Ordinal);
    private long _seen;
    private long _reordered;
    private long _entries;
    private long _exits;

    /// <summary>Goes on from what was stored.</summary>
    public CampaignTally(CampaignCounts stored)
    {
        (Cursor, _seen, _reordered, _entries, _exits) = (stored.Cursor, stored.Seen, stored.Reordered, stored.Entries, stored.Exits);
        stored.Outcomes.ForEach(count => _outcomes[count.Outcome] = count.Count);
        stored.Readers.ForEach(count => _readers[count.ReaderId] = count);
        stored.Hours.ForEach(count => _hours[count.Start] = count);
        stored.Quarters.ForEach(count => _quarters[count.Start] = count);
        stored.Gates.ForEach(count => _gates[count.Gate] = count);
    }

    /// <summary>The position of the last event counted.</summary>
    public long Cursor { get; private set; }

    /// <summary>Counts what was added since.</summary>
    public async Task CatchUpAsync(ITallyLog log, string campaign)
    {
        bool more;
        do
        {
            var page = await log.ReadAsync(campaign, Cursor, PageSize, CancellationToken.None);
            foreach (var tallied in page.Events)
            {
                Count(tallied);
            }

            Cursor = page.Cursor;
            more = page.More;
        }
        while (more);
    }

    /// <summary>Counts one event.</summary>
    public void Count(TallyEvent tallied)
    {
        if (tallied.Type == TallyEventType.Reorder)
        {
            _reordered++;
            return;
        }

        var (entries, exits) = tallied.Outcome switch
        {
            ScanOutcome.First => (1, 0),
            ScanOutcome.Undone => (-1, 0),
            ScanOutcome.Left => (0, 1),
            ScanOutcome.Reinstated => (0, -1),
            _ => (0, 0),
        };
        _entries += entries;
        _exits += exits;
        CollectionsMarshal.GetValueRefOrAddDefault(_outcomes, tallied.Outcome, out _)++;
        CountGate(tallied.Gate, entries, exits);
        CountQuarter(tallied, entries, exits);
        if (tallied.Type == TallyEventType.Seen)
        {
            _seen++;
            CountReader(tallied, entries);
            CountHour(tallied, entries);
        }
    }

    /// <summary>Who is inside.</summary>
    public CampaignCounters Counters(int? capacity, DateTimeOffset now) => new(Cursor, now, _entries, _exits, capacity, [.. _gates.Values]);

    /// <summary>The counts so far.</summary>
    public CampaignStatistics Describe(int? capacity, DateTimeOffset now) => new(
        Cursor,
        _seen,
        _reordered,
        [.. _outcomes.OrderBy(o => o.Key).Select(o => new OutcomeCount(o.Key, o.Value))],
        [.. _readers.Values.OrderByDescending(r => r.Seen).ThenBy(r => r.ReaderId)],
        [.. _hours.Values],
        Counters(capacity, now),
        [.. _quarters.Values]);

    /// <summary>A copy to store.</summary>
    public CampaignCounts ToState() => new()
    {
        Cursor = Cursor,
        Seen = _seen,
        Reordered = _reordered,
        Entries = _entries,
        Exits = _exits,
        Outcomes = [.. _outcomes.Select(o => new OutcomeCount(o.Key, o.Value))],
        Readers = [.. _readers.Values],
        Hours = [.. _hours.Values],
        Gates = [.. _gates.Values],
        Quarters = [.. _quarters.Values],
    };

    private void CountReader(TallyEvent tallied, int first)
    {
        if (_readers.TryGetValue(tallied.ReaderId, out var count) || _readers.Count < MaxReaders)
        {
            _readers[tallied.ReaderId] = new ReaderCount(
                tallied.ReaderId, tallied.ReaderName, (count?.Seen ?? 0) + 1, (count?.First ?? 0) + first, tallied.ReceivedAt);
        }
    }

    private void CountHour(TallyEvent tallied, int first)
    {
        var start = Start(tallied.ReceivedAt, TimeSpan.TicksPerHour);
        var count = _hours.GetValueOrDefault(start) ?? new HourCount(start, 0, 0);
        _hours[start] = count with { Seen = count.Seen + 1, First = count.First + first };
        DropOldest(_hours, MaxHours);
    }

    private void CountGate(string? gate, int entries, int exits)
    {
        if (gate is not null && (entries, exits) != (0, 0) && (_gates.ContainsKey(gate) || _gates.Count < MaxGates))
        {
            var count = _gates.GetValueOrDefault(gate) ?? new GateCount(gate, 0, 0);
            _gates[gate] = count with { Entries = count.Entries + entries, Exits = count.Exits + exits };
        }
    }

    private void CountQuarter(TallyEvent tallied, int entries, int exits)
    {
        var start = Start(tallied.Time, 15 * TimeSpan.TicksPerMinute);
        var count = _quarters.GetValueOrDefault(start) ?? new QuarterCount(start, 0, 0, 0, 0);
        var refused = tallied.Type != TallyEventType.Undo && tallied.Outcome is ScanOutcome.Unknown or ScanOutcome.Foreign or ScanOutcome.Expired or ScanOutcome.Early or ScanOutcome.Revoked or ScanOutcome.Forged;
        _quarters[start] = new QuarterCount(
            start, count.Seen + (tallied.Type == TallyEventType.Seen ? 1 : 0), count.Entries + entries, count.Exits + exits, count.Refused + (refused ? 1 : 0));
        DropOldest(_quarters, MaxQuarters);
    }

    private static DateTimeOffset Start(DateTimeOffset time, long span) => new(time.UtcTicks - time.UtcTicks % span, TimeSpan.Zero);

    private static void DropOldest<TCount>(SortedDictionary<DateTimeOffset, TCount> counts, int max)
    {
        if (counts.Count > max)
        {
            counts.Remove(counts.Keys.First());
        }
    }
}
