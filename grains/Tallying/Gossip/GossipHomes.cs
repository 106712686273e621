using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Tallying.Feed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Tallying.Gossip;

/// <summary>What the readers of this process know, by campaign; one per process.</summary>
internal sealed class GossipHomes
{
    private const int MaxIdle = 256;

    private readonly ConcurrentDictionary<string, CampaignHome> _homes = new(StringComparer.Ordinal);
    private readonly CampaignFeeds _feeds;
    private readonly IOptions<GossipOptions> _options;
    private readonly long _start;

    public GossipHomes(
        CampaignFeeds feeds, ITallyLog tallyLog, TimeProvider time, IOptions<GossipOptions> options, GossipInstruments instruments, ILogger<GossipHomes> log)
    {
        (_feeds, TallyLog, Time, _options, Instruments, Log, _start) = (feeds, tallyLog, time, options, instruments, log, time.GetTimestamp());
        feeds.OnGapRead = Learn;
    }

    /// <summary>This life of this process.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public GossipOptions Options => _options.Value;

    public GossipInstruments Instruments { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public ITallyLog TallyLog { get; }

    /// <summary>Time that never goes back.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_start);

    /// <summary>What is known of a campaign.</summary>
    public CampaignHome Of(string campaign)
    {
        if (_homes.TryGetValue(campaign, out var home))
        {
            return home;
        }

        if (_homes.Count >= MaxIdle)
        {
            DropIdle();
        }

        return _homes.GetOrAdd(campaign, Make);
    }

    /// <summary>Events after a position, as far as they are known here without a gap; null when they are not.</summary>
    public EventPage? Read(string campaign, long after, int limit) =>
        _homes.TryGetValue(campaign, out var home) ? home.Gossip.Use(store => store.ReadPage(after, limit)) : null;

    /// <summary>Hands to the pages what was learned.</summary>
    public void Publish(string campaign, ImmutableArray<GossipRecord> learned)
    {
        // what follows each other in the campaign's order does not wait for each other
        foreach (var record in learned.OrderBy(record => record.Events[0].Position))
        {
            _feeds.Publish(campaign, new PlacedScans(record.After, record.Events));
        }
    }

    /// <summary>Where the log stands: pages are told of all that comes after it, in whatever order it comes.</summary>
    public void Place(string campaign, long position) => _feeds.Of(campaign).Place(position);

    /// <summary>What the pages' feed had to read from the log, because whoever placed it died before it told anybody, is known to the readers from then on.</summary>
    private void Learn(string campaign, EventPage page)
    {
        if (_homes.TryGetValue(campaign, out var home))
        {
            var learned = home.Gossip.Merge(GossipRecords.OfPage(page).Records, home.Gossip.Id, Now);
            Instruments.LearnedFromLog(learned.Length);
        }
    }


    private void DropIdle()
    {
        foreach (var (campaign, home) in _homes)
        {
            if (home.Gossip.Readers.IsEmpty)
            {
                _homes.TryRemove(campaign, out _);
            }
        }
    }

    private CampaignHome Make(string campaign)
    {
        var settings = new GossipSettings
        {
            FanOut = Options.FanOut,
            Interval = Options.Interval,
            ExchangePeriod = Options.ExchangePeriod,
            IdleExchangePeriod = Options.IdleExchangePeriod,
        };
        var gossip = new GossipHome(Id, settings, new EventStoreLimits(Options.Retention, Options.MaxRecords));
        return new CampaignHome(campaign, gossip, Options);
    }
}
