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

/// <summary>A connected page, seen from its reader grain.</summary>
[Alias("actors.tallying.reader-observer")]
public interface IReaderObserver : IGrainObserver
{
    /// <summary>New events of the campaign.</summary>
    [Alias("events"), OneWay]
    Task OnEventsAsync(EventPage page);

    /// <summary>A scan of this reader and one of another reader, made while one was offline, are of the same certificate.</summary>
    [Alias("conflict"), OneWay]
    Task OnConflictAsync(ScanConflict conflict);

    /// <summary>Who is inside changed.</summary>
    [Alias("counters"), OneWay]
    Task OnCountersAsync(CampaignCounters counters);

    /// <summary>The reader, its campaign's keys or revocations changed: the page should fetch them again.</summary>
    [Alias("configuration"), OneWay]
    Task OnConfigurationChangedAsync();
}

/// <summary>What a reader shall be from now on.</summary>
/// <param name="Campaign">Slug of its campaign; an existing reader keeps its own.</param>
/// <param name="Name">Its name, as shown to other readers; 1 to 200 characters.</param>
/// <param name="ReadableMetadata">Metadata keys it may read; 64 at most.</param>
/// <param name="Tally">Whether it tallies (the flag "pointage").</param>
/// <param name="OfflineRoster">Whether it may hold the certificates' data before scanning them.</param>
/// <param name="ValidityStart">Not usable before, or null.</param>
/// <param name="ValidityEnd">Not usable from then on, or null.</param>
/// <param name="Gate">The gate that it belongs to, 1 to 100 characters, or null.</param>
/// <param name="Direction">What its scans are.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.save-reader")]
public sealed record SaveReader(
    [property: Id(0)] string Campaign,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<string> ReadableMetadata,
    [property: Id(3)] bool Tally,
    [property: Id(4)] bool OfflineRoster,
    [property: Id(5)] DateTimeOffset? ValidityStart,
    [property: Id(6)] DateTimeOffset? ValidityEnd,
    [property: Id(7)] string? Gate = null,
    [property: Id(8)] ReaderDirection Direction = ReaderDirection.Entry);

/// <summary>What a reader's scans are. Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.tallying.reader-direction")]
public enum ReaderDirection
{
    /// <summary>Entries.</summary>
    Entry = 0,

    /// <summary>Exits.</summary>
    Exit = 1,

    /// <summary>Its operator chooses.</summary>
    Both = 2,
}

/// <summary>How saving a reader ended.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Reader">The reader as it is now, when saved.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.save-reader-outcome")]
public sealed record SaveReaderOutcome(
    [property: Id(0)] SaveReaderStatus Status,
    [property: Id(1)] ReaderInfo? Reader);

/// <summary>The ways in which saving a reader can end.</summary>
[GenerateSerializer, Alias("actors.tallying.save-reader-status")]
public enum SaveReaderStatus
{
    /// <summary>Saved.</summary>
    Saved,

    /// <summary>There is no such campaign.</summary>
    UnknownCampaign,

    /// <summary>The uuid belongs to a reader of another campaign.</summary>
    OtherCampaign,
}

/// <summary>A reader as the staff and its own page see it.</summary>
/// <param name="Id">Its uuid, which is its capability.</param>
/// <param name="Campaign">Slug of its campaign.</param>
/// <param name="Name">Its name.</param>
/// <param name="ReadableMetadata">Metadata keys it may read.</param>
/// <param name="Tally">Whether it tallies.</param>
/// <param name="OfflineRoster">Whether it may hold the certificates' data before scanning them.</param>
/// <param name="ValidityStart">Not usable before, or null.</param>
/// <param name="ValidityEnd">Not usable from then on, or null.</param>
/// <param name="Gate">The gate that it belongs to, or null.</param>
/// <param name="Direction">What its scans are.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.reader-info")]
public sealed record ReaderInfo(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Campaign,
    [property: Id(2)] string Name,
    [property: Id(3)] ImmutableArray<string> ReadableMetadata,
    [property: Id(4)] bool Tally,
    [property: Id(5)] bool OfflineRoster,
    [property: Id(6)] DateTimeOffset? ValidityStart,
    [property: Id(7)] DateTimeOffset? ValidityEnd,
    [property: Id(8)] string? Gate = null,
    [property: Id(9)] ReaderDirection Direction = ReaderDirection.Entry);

/// <summary>Scans that a page hands in.</summary>
/// <param name="Events">1,000 at most; the front splits larger posts.</param>
/// <param name="ReaderNow">The page's clock at sending, when it told.</param>
/// <param name="More">Whether another call follows that is part of the same synchronisation.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.sync-scans")]
public sealed record SyncScans(
    [property: Id(0)] ImmutableArray<ScanReport> Events,
    [property: Id(1)] DateTimeOffset? ReaderNow,
    [property: Id(2)] bool More = false);

/// <summary>One scan as the page recorded it.</summary>
/// <param name="EventId">The event's uuid, made by the page.</param>
/// <param name="CertificateId">The certificate that was seen.</param>
/// <param name="ReaderTime">The page's clock at the scan.</param>
/// <param name="Offline">Whether the page said that it answered by itself, without the server.</param>
/// <param name="Type">Seen, exit, undo or refused; the default of the type is taken for seen.</param>
/// <param name="RelatedEventId">Of an undo, the scan of this reader that is taken back.</param>
/// <param name="Refusal">Of a refused code, why.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.scan-report")]
public sealed record ScanReport(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] Guid CertificateId,
    [property: Id(2)] DateTimeOffset ReaderTime,
    [property: Id(3)] bool Offline = false,
    [property: Id(4)] TallyEventType Type = TallyEventType.Seen,
    [property: Id(5)] Guid? RelatedEventId = null,
    [property: Id(6)] ScanOutcome Refusal = ScanOutcome.Unconfirmed);

/// <summary>How a sync ended.</summary>
/// <param name="Status">Whether the reader was allowed to.</param>
/// <param name="Results">One per event, in the order sent.</param>
/// <param name="Counters">Who is inside, as the reader's silo last heard; null when it did not yet.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.sync-outcome")]
public sealed record SyncOutcome(
    [property: Id(0)] ReaderStatus Status,
    [property: Id(1)] ImmutableArray<ScanResult> Results,
    [property: Id(2)] CampaignCounters? Counters = null);

/// <summary>Whether a reader may be used now.</summary>
[GenerateSerializer, Alias("actors.tallying.reader-status")]
public enum ReaderStatus
{
    /// <summary>It may.</summary>
    Usable,

    /// <summary>There is no such reader.</summary>
    Unknown,

    /// <summary>It does not tally.</summary>
    NotTallying,

    /// <summary>Its validity has ended.</summary>
    Expired,

    /// <summary>Its validity has not begun.</summary>
    Early,
}

/// <summary>The answer to one scan.</summary>
/// <param name="EventId">The event's uuid.</param>
/// <param name="Outcome">The decision, or <see cref="ScanOutcome.Unconfirmed"/>: keep it and ask again.</param>
/// <param name="First">The scan that counts as the first of this stay, when there is one.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.scan-result")]
public sealed record ScanResult(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] ScanOutcome Outcome,
    [property: Id(2)] FirstScan? First);

/// <summary>Events of a campaign, in order.</summary>
/// <param name="After">The position after which they come.</param>
/// <param name="Cursor">The position of the last one, or <paramref name="After"/> when there is none.</param>
/// <param name="More">Whether there are more.</param>
/// <param name="Events">The events.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.event-page")]
public sealed record EventPage(
    [property: Id(0)] long After,
    [property: Id(1)] long Cursor,
    [property: Id(2)] bool More,
    [property: Id(3)] ImmutableArray<TallyEvent> Events);

/// <summary>One row of a campaign's log.</summary>
/// <param name="Position">Its place in the campaign's order: microseconds since the Unix epoch, strictly rising.</param>
/// <param name="EventId">The event's uuid.</param>
/// <param name="CertificateId">The certificate.</param>
/// <param name="ReaderId">The reader through which it was first received.</param>
/// <param name="ReaderName">That reader's name at that time.</param>
/// <param name="Type">What it is.</param>
/// <param name="Outcome">The decision at reception.</param>
/// <param name="Time">The corrected time.</param>
/// <param name="ReaderTime">The page's clock at the scan.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Offset">The correction: server clock minus reader clock at sending, 0 when the page did not tell.</param>
/// <param name="RelatedEventId">Of a <see cref="TallyEventType.Reorder"/> row, the event that no longer counts as the first.</param>
/// <param name="WinnerEventId">Of a <see cref="TallyEventType.Reorder"/> row, the event that does.</param>
/// <param name="Offline">Whether the page said that it answered by itself, without the server.</param>
/// <param name="Gate">The reader's gate at that time, when it had one.</param>
/// <param name="Sequence">Its place in that reader's log, from 1; 0 of a row that only follows from another.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.event")]
public sealed record TallyEvent(
    [property: Id(0)] long Position,
    [property: Id(1)] Guid EventId,
    [property: Id(2)] Guid CertificateId,
    [property: Id(3)] Guid ReaderId,
    [property: Id(4)] string ReaderName,
    [property: Id(5)] TallyEventType Type,
    [property: Id(6)] ScanOutcome Outcome,
    [property: Id(7)] DateTimeOffset Time,
    [property: Id(8)] DateTimeOffset ReaderTime,
    [property: Id(9)] DateTimeOffset ReceivedAt,
    [property: Id(10)] TimeSpan Offset,
    [property: Id(11)] Guid? RelatedEventId,
    [property: Id(12)] Guid? WinnerEventId,
    [property: Id(13)] bool Offline = false,
    [property: Id(14)] string? Gate = null,
    [property: Id(15)] long Sequence = 0);

/// <summary>What a row of the log is. Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.tallying.event-type")]
public enum TallyEventType
{
    /// <summary>A certificate was seen.</summary>
    Seen = 1,

    /// <summary>An earlier scan took the place of the first.</summary>
    Reorder = 2,

    /// <summary>The bearer left: the next scan is a first again.</summary>
    Exit = 3,

    /// <summary>A wrong scan is taken back; it stays in the log.</summary>
    Undo = 4,

    /// <summary>A code was shown that the page refused by itself: forged, foreign, expired, early or revoked.</summary>
    Refused = 5,
}

/// <summary>A scan that met one of another reader, made while one of the two was offline.</summary>
/// <param name="EventId">The scan of this reader.</param>
/// <param name="CertificateId">The certificate.</param>
/// <param name="First">The scan that counts as the first: the other reader's, or this one.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.scan-conflict")]
public sealed record ScanConflict(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] Guid CertificateId,
    [property: Id(2)] FirstScan First);
