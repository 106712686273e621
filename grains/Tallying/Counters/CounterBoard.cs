using System.Collections.Concurrent;
using Actors.Tallying.Feed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Tallying.Counters;

/// <summary>
/// Who is inside, as this silo last heard; one per process. Events make it ask the campaign again, in intervals however
/// many they are, and reader grains with connected pages are told when the numbers have changed.
/// </summary>
internal sealed partial class CounterBoard(
    IGrainFactory grains,
    CampaignFeeds feeds,
    TimeProvider time,
    IOptions<TallyingOptions> options,
    ILogger<CounterBoard> log)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ILogger<CounterBoard> _log = log;

    /// <summary>The numbers, or null when they were not asked for yet; then they are now.</summary>
    public CampaignCounters? Of(string campaign)
    {
        if (_entries.TryGetValue(campaign, out var entry) && entry.Counters is { } known)
        {
            return known;
        }

        Refresh(campaign);
        return null;
    }

    /// <summary>Something was counted: ask soon, once for many events.</summary>
    public void Refresh(string campaign)
    {
        if (_entries.Count > options.Value.MaxFeeds)
        {
            // they are asked for again when they are wanted
            _entries.Clear();
        }

        var entry = _entries.GetOrAdd(campaign, static _ => new Entry());
        if (Interlocked.Exchange(ref entry.Wanted, 1) == 0 && Interlocked.Exchange(ref entry.Running, 1) == 0)
        {
            _ = RunAsync(campaign, entry);
        }
    }

    private async Task RunAsync(string campaign, Entry entry)
    {
        // callers are in a turn
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        do
        {
            while (Interlocked.Exchange(ref entry.Wanted, 0) == 1)
            {
                await AskAsync(campaign, entry).ConfigureAwait(false);
                await Task.Delay(options.Value.CounterInterval, time).ConfigureAwait(false);
            }

            Volatile.Write(ref entry.Running, 0);
        }
        while (Volatile.Read(ref entry.Wanted) == 1 && Interlocked.Exchange(ref entry.Running, 1) == 0);
    }

    private async Task AskAsync(string campaign, Entry entry)
    {
        try
        {
            var counters = await grains.GetCampaignGrain(new CampaignKey(campaign)).GetCountersAsync().ConfigureAwait(false);
            if (counters is not null && !counters.ShowsSame(Interlocked.Exchange(ref entry.Counters, counters)))
            {
                foreach (var reader in feeds.Of(campaign).Listeners)
                {
                    _ = grains.GetReaderGrain(new ReaderKey(reader)).PushCountersAsync(counters);
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // pages show how old their numbers are meanwhile
            LogNotCounted(e, campaign);
            if (feeds.Of(campaign).Listeners.Count > 0)
            {
                // the last event of an evening has no next one that would ask again
                Volatile.Write(ref entry.Wanted, 1);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Campaign {Campaign} did not say who is inside.")]
    private partial void LogNotCounted(Exception error, string campaign);

    private sealed class Entry
    {
        public CampaignCounters? Counters;
        public int Wanted;
        public int Running;
    }
}
