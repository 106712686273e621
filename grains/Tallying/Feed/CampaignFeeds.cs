using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Tallying.Feed;

/// <summary>The live ends of the campaigns' logs on this silo; one per process. Event records live here once, not once per reader.</summary>
internal sealed partial class CampaignFeeds
{
    private readonly ConcurrentDictionary<string, CampaignFeed> _feeds = new(StringComparer.Ordinal);
    private readonly IGrainFactory _grains;
    private readonly ILogger<CampaignFeeds> _log;
    private readonly FeedServices _services;

    public CampaignFeeds(
        IGrainFactory grains,
        ITallyLog tallyLog,
        TimeProvider time,
        IOptions<TallyingOptions> options,
        TallyingInstruments instruments,
        ILogger<CampaignFeeds> log)
    {
        _grains = grains;
        _log = log;
        _services = new FeedServices(tallyLog, time, options.Value, instruments, log, Wake, (campaign, page) => OnGapRead?.Invoke(campaign, page));
    }

    /// <summary>Told of what a campaign's feed had to read from the log, because nobody brought it.</summary>
    public Action<string, EventPage>? OnGapRead { get; set; }

    /// <summary>Takes events that were placed in a campaign's order.</summary>
    public void Publish(string campaign, PlacedScans placed)
    {
        if (!placed.Events.IsEmpty)
        {
            Of(campaign).Publish(placed);
        }
    }

    /// <summary>Tells a campaign's readers that keys or revocations changed.</summary>
    public void ConfigurationChanged(string campaign)
    {
        if (_feeds.TryGetValue(campaign, out var feed))
        {
            feed.ConfigurationChanged();
        }
    }

    /// <summary>Events after a position, from memory where it reaches and from the log where not.</summary>
    public async ValueTask<EventPage> ReadAsync(string campaign, long after, int limit, CancellationToken cancellationToken)
    {
        // at its end the log is asked: another silo may have placed events that this one has not heard of
        return _feeds.TryGetValue(campaign, out var feed) && feed.Read(after, limit) is { Events.IsEmpty: false } page
            ? page
            : await _services.TallyLog.ReadAsync(campaign, after, limit, cancellationToken);
    }

    /// <summary>The feed of a campaign.</summary>
    public CampaignFeed Of(string campaign)
    {
        if (_feeds.TryGetValue(campaign, out var feed))
        {
            return feed;
        }

        if (_feeds.Count >= _services.Options.MaxFeeds)
        {
            DropIdle();
        }

        return _feeds.GetOrAdd(campaign, static (name, services) => new CampaignFeed(name, services), _services);
    }

    private void DropIdle()
    {
        foreach (var (campaign, feed) in _feeds)
        {
            if (!feed.HasListeners)
            {
                _feeds.TryRemove(campaign, out _);
            }
        }
    }

    private void Wake(List<Guid> readers, bool configurationChanged)
    {
        foreach (var reader in readers)
        {
            _ = WakeAsync(reader, configurationChanged);
        }
    }

    private async Task WakeAsync(Guid reader, bool configurationChanged)
    {
        try
        {
            await _grains.GetReaderGrain(new ReaderKey(reader)).PushAsync(configurationChanged);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // its pages ask by their cursors
            LogNotWoken(e, new Masked(reader));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Reader {Reader} could not be woken.")]
    private partial void LogNotWoken(Exception error, Masked reader);
}
