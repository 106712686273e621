using System.Collections.Immutable;
using Orleans;

namespace Actors.Tallying;

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

/// <summary>The answer to one scan.</summary>
/// <param name="EventId">The event's uuid.</param>
/// <param name="Outcome">The decision, or <see cref="ScanOutcome.Unconfirmed"/>: keep it and ask again.</param>
/// <param name="First">The scan that counts as the first of this stay, when there is one.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.scan-result")]
public sealed record ScanResult(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] ScanOutcome Outcome,
    [property: Id(2)] FirstScan? First);

/// <summary>A scan that met one of another reader, made while one of the two was offline.</summary>
/// <param name="EventId">The scan of this reader.</param>
/// <param name="CertificateId">The certificate.</param>
/// <param name="First">The scan that counts as the first: the other reader's, or this one.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.scan-conflict")]
public sealed record ScanConflict(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] Guid CertificateId,
    [property: Id(2)] FirstScan First);
