using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Tallying;

/// <summary>A reader: a page opened by its uuid. It owns the log of the events first received through it.</summary>
[Alias("actors.tallying.reader")]
public interface IReaderGrain : IGrainWithStringKey
{
    /// <summary>Creates or updates the reader.</summary>
    [Alias("save")]
    Task<SaveReaderOutcome> SaveAsync(SaveReader command);

    /// <summary>The reader, or null when it was never created.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ReaderInfo?> GetAsync();

    /// <summary>Takes scans, decides each, and answers once all of it is durable. Any call can be repeated.</summary>
    [Alias("sync")]
    Task<SyncOutcome> SyncAsync(SyncScans command);

    /// <summary>Events of the whole campaign after a position, in order.</summary>
    /// <param name="after">A position, 0 for the last 24 hours.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("events"), AlwaysInterleave]
    Task<EventPage> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Pushes what readers of the campaign see to this observer until it is removed or expires; renew within a minute.</summary>
    [Alias("subscribe"), AlwaysInterleave]
    Task SubscribeAsync(IReaderObserver observer);

    /// <summary>Stops pushing to this observer.</summary>
    [Alias("unsubscribe"), AlwaysInterleave]
    Task UnsubscribeAsync(IReaderObserver observer);

    /// <summary>Asks again for decisions on scans that have none yet; for the silo's own sweep.</summary>
    [Alias("offer-pending")]
    Task OfferPendingAsync();

    /// <summary>Wakes the reader to push what is new; for the silo's own feed.</summary>
    /// <param name="configurationChanged">Whether keys or revocations of the campaign changed, too.</param>
    [Alias("push"), OneWay, AlwaysInterleave]
    Task PushAsync(bool configurationChanged);

    /// <summary>Wakes the reader to push who is inside; for the silo's own board.</summary>
    [Alias("push-counters"), OneWay, AlwaysInterleave]
    Task PushCountersAsync(CampaignCounters counters);

    /// <summary>Tells of scans of this reader that another reader's scan met; for other reader grains.</summary>
    [Alias("conflicts"), OneWay, AlwaysInterleave]
    Task NotifyConflictsAsync(ImmutableArray<ScanConflict> conflicts);

    /// <summary>Takes what another reader tells; null when this one takes no part. For other reader grains.</summary>
    [Alias("gossip"), AlwaysInterleave]
    Task<GossipAnswer?> GossipAsync(GossipMessage message);
}
