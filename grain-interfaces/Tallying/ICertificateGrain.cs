using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Tallying;

/// <summary>A certificate: what it says, whether it holds, and who is seen with it. It alone decides which scan is the first.</summary>
[Alias("actors.tallying.certificate")]
public interface ICertificateGrain : IGrainWithStringKey
{
    /// <summary>Creates or updates the certificate and signs its new version.</summary>
    [Alias("save")]
    Task<SaveCertificateOutcome> SaveAsync(SaveCertificate command);

    /// <summary>The certificate, or null when it was never created.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<CertificateInfo?> GetAsync();

    /// <summary>Revokes the certificate for good; repeating it changes nothing. Null when there is no such certificate.</summary>
    [Alias("revoke")]
    Task<CertificateInfo?> RevokeAsync(string campaign);

    /// <summary>Of the metadata, the values of these keys that exist. Null when there is no such certificate in this campaign.</summary>
    [Alias("metadata"), AlwaysInterleave]
    Task<ImmutableArray<TextPair>?> ReadMetadataAsync(string campaign, ImmutableArray<string> keys);

    /// <summary>Decides one scan; durable before it answers. The same event always gets the same answer.</summary>
    [Alias("scan")]
    Task<ScanDecision> ScanAsync(Scan scan);
}

/// <summary>A named text.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its text.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.text-pair")]
public sealed record TextPair([property: Id(0)] string Key, [property: Id(1)] string Value);

/// <summary>What a certificate shall say from now on. Limits: 64 data and 64 metadata entries of different names, data 1,400 bytes in all (a QR code's room), metadata 32 KB.</summary>
/// <param name="Campaign">Slug of the campaign it belongs to; an existing certificate keeps its own.</param>
/// <param name="Data">Shown to every reader after a successful check.</param>
/// <param name="Metadata">Kept on the server, shown key by key to readers allowed to.</param>
/// <param name="ValidityStart">Not valid before, or null.</param>
/// <param name="ValidityEnd">Not valid from then on, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.save-certificate")]
public sealed record SaveCertificate(
    [property: Id(0)] string Campaign,
    [property: Id(1)] ImmutableArray<TextPair> Data,
    [property: Id(2)] ImmutableArray<TextPair> Metadata,
    [property: Id(3)] DateTimeOffset? ValidityStart,
    [property: Id(4)] DateTimeOffset? ValidityEnd);

/// <summary>How saving a certificate ended.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Certificate">The certificate as it is now, when saved.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.save-certificate-outcome")]
public sealed record SaveCertificateOutcome(
    [property: Id(0)] SaveCertificateStatus Status,
    [property: Id(1)] CertificateInfo? Certificate);

/// <summary>The ways in which saving a certificate can end.</summary>
[GenerateSerializer, Alias("actors.tallying.save-certificate-status")]
public enum SaveCertificateStatus
{
    /// <summary>Saved and signed.</summary>
    Saved,

    /// <summary>There is no such campaign.</summary>
    UnknownCampaign,

    /// <summary>The uuid belongs to a certificate of another campaign.</summary>
    OtherCampaign,

    /// <summary>It was revoked and cannot be changed any more.</summary>
    Revoked,

    /// <summary>The data or metadata are above the limits, or a name comes twice.</summary>
    TooLarge,
}

/// <summary>A certificate as the staff sees it.</summary>
/// <param name="Id">Its uuid.</param>
/// <param name="Campaign">Slug of its campaign.</param>
/// <param name="Data">Shown to every reader after a successful check.</param>
/// <param name="Metadata">Kept on the server.</param>
/// <param name="ValidityStart">Not valid before, or null.</param>
/// <param name="ValidityEnd">Not valid from then on, or null.</param>
/// <param name="Version">When this version was signed: the claim <c>iat</c>, seconds since the Unix epoch; rises with each save.</param>
/// <param name="Revoked">Whether it was revoked.</param>
/// <param name="QrText">The text of its QR code.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.certificate-info")]
public sealed record CertificateInfo(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Campaign,
    [property: Id(2)] ImmutableArray<TextPair> Data,
    [property: Id(3)] ImmutableArray<TextPair> Metadata,
    [property: Id(4)] DateTimeOffset? ValidityStart,
    [property: Id(5)] DateTimeOffset? ValidityEnd,
    [property: Id(6)] long Version,
    [property: Id(7)] bool Revoked,
    [property: Id(8)] string QrText);

/// <summary>A scan as its reader grain hands it to the certificate.</summary>
/// <param name="EventId">The event's uuid, made by the page.</param>
/// <param name="ReaderId">The reader that saw it.</param>
/// <param name="ReaderName">The reader's name at that time.</param>
/// <param name="Campaign">The reader's campaign.</param>
/// <param name="Time">The corrected time of the scan.</param>
/// <param name="Type">Seen, exit or undo.</param>
/// <param name="RelatedEventId">Of an undo, the event that is taken back; decided before.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.scan")]
public sealed record Scan(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] Guid ReaderId,
    [property: Id(2)] string ReaderName,
    [property: Id(3)] string Campaign,
    [property: Id(4)] DateTimeOffset Time,
    [property: Id(5)] TallyEventType Type = TallyEventType.Seen,
    [property: Id(6)] Guid? RelatedEventId = null);

/// <summary>A certificate's decision on a scan.</summary>
/// <param name="Outcome">The decision; it never changes.</param>
/// <param name="First">The scan that counts as the first of this stay, when there is one.</param>
/// <param name="Displaced">The scan that counted as the first until this earlier one came, when there was one.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.scan-decision")]
public sealed record ScanDecision(
    [property: Id(0)] ScanOutcome Outcome,
    [property: Id(1)] FirstScan? First,
    [property: Id(2)] FirstScan? Displaced);

/// <summary>The scan that counts as the first of a stay.</summary>
/// <param name="EventId">The event's uuid.</param>
/// <param name="ReaderId">The reader that saw it.</param>
/// <param name="ReaderName">The reader's name at that time.</param>
/// <param name="Time">The corrected time of the scan.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.first-scan")]
public sealed record FirstScan(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] Guid ReaderId,
    [property: Id(2)] string ReaderName,
    [property: Id(3)] DateTimeOffset Time);

/// <summary>What a scan was at its reception. Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.tallying.scan-outcome")]
public enum ScanOutcome
{
    /// <summary>Not decided: the certificate could not be asked. Never stored as a decision.</summary>
    Unconfirmed = 0,

    /// <summary>The first of its stay.</summary>
    First = 1,

    /// <summary>The certificate was seen already.</summary>
    Duplicate = 2,

    /// <summary>There is no such certificate.</summary>
    Unknown = 3,

    /// <summary>The certificate belongs to another campaign.</summary>
    Foreign = 4,

    /// <summary>Its validity had ended.</summary>
    Expired = 5,

    /// <summary>Its validity had not begun.</summary>
    Early = 6,

    /// <summary>It was revoked.</summary>
    Revoked = 7,

    /// <summary>An exit: the bearer was inside and left.</summary>
    Left = 8,

    /// <summary>An exit of somebody who was not inside.</summary>
    Absent = 9,

    /// <summary>An undo that took an entry back: the next scan is a first again.</summary>
    Undone = 10,

    /// <summary>An undo that took an exit back: the bearer is inside again.</summary>
    Reinstated = 11,

    /// <summary>An undo of a scan on which nothing depended; the log says that it was taken back.</summary>
    Unchanged = 12,

    /// <summary>A code that no key of the campaign has signed.</summary>
    Forged = 13,
}
