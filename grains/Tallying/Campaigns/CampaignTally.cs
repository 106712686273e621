using System.Runtime.InteropServices;

namespace Actors.Tallying.Campaigns;

/// <summary>Counts a campaign's log as it grows. Lives in memory only: it can be counted again at any time.</summary>
internal sealed class CampaignTally
{
    private const int PageSize = 1_000;
    private const int MaxReaders = 1_000;
    private const int MaxHours = 168;

    private readonly Dictionary<ScanOutcome, long> _outcomes = [];
    private readonly Dictionary<Guid, ReaderCount> _readers = [];
    private readonly SortedDictionary<DateTimeOffset, HourCount> _hours = [];
    private long _cursor;
    private long _seen;
    private long _reordered;

    /// <summary>Counts what was added since.</summary>
    public async Task<CampaignStatistics> CatchUpAsync(ITallyLog log, string campaign)
    {
        bool more;
        do
        {
            var page = await log.ReadAsync(campaign, _cursor, PageSize, CancellationToken.None);
            foreach (var tallied in page.Events)
            {
                Count(tallied);
            }

            _cursor = page.Cursor;
            more = page.More;
        }
        while (more);

        return Describe();
    }

    /// <summary>Counts one event.</summary>
    public void Count(TallyEvent tallied)
    {
        if (tallied.Type == TallyEventType.Reorder)
        {
            _reordered++;
            return;
        }

        var first = tallied.Outcome == ScanOutcome.First ? 1 : 0;
        _seen++;
        CollectionsMarshal.GetValueRefOrAddDefault(_outcomes, tallied.Outcome, out _)++;
        CountReader(tallied, first);
        CountHour(tallied, first);
    }

    /// <summary>The counts so far.</summary>
    public CampaignStatistics Describe() => new(
        _cursor,
        _seen,
        _reordered,
        [.. _outcomes.OrderBy(o => o.Key).Select(o => new OutcomeCount(o.Key, o.Value))],
        [.. _readers.Values.OrderByDescending(r => r.Seen).ThenBy(r => r.ReaderId)],
        [.. _hours.Values]);

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
        var received = tallied.ReceivedAt.UtcTicks;
        var start = new DateTimeOffset(received - received % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var count = _hours.GetValueOrDefault(start) ?? new HourCount(start, 0, 0);
        _hours[start] = count with { Seen = count.Seen + 1, First = count.First + first };
        if (_hours.Count > MaxHours)
        {
            _hours.Remove(_hours.Keys.First());
        }
    }
}
