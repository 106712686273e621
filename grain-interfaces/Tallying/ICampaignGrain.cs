using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Tallying;

/// <summary>A campaign: the name that groups certificates and readers, and its signing keys.</summary>
[Alias("actors.tallying.campaign")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Creates the campaign with a first signing key, or renames it.</summary>
    [Alias("save")]
    Task<CampaignInfo> SaveAsync(string name);

    /// <summary>Says how many may be inside at most, or with null that nobody counts. Null when there is no such campaign.</summary>
    [Alias("capacity")]
    Task<CampaignInfo?> SetCapacityAsync(int? capacity);

    /// <summary>Who is inside, by the log as it is now. Null when there is no such campaign.</summary>
    [Alias("counters"), AlwaysInterleave]
    Task<CampaignCounters?> GetCountersAsync();

    /// <summary>The campaign, or null when it was never created.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<CampaignInfo?> GetAsync();

    /// <summary>Makes a new signing key; certificates signed by older keys stay valid, so there is room for 16 only.</summary>
    [Alias("rotate")]
    Task<RotateKeyOutcome> RotateKeyAsync();

    /// <summary>Signs with the newest key (ES256, RFC 9053 §2.1). Null when there is no such campaign.</summary>
    /// <param name="payload">The CWT claims map that becomes the payload.</param>
    [Alias("sign"), AlwaysInterleave]
    Task<SignedCertificate?> SignAsync(ImmutableArray<byte> payload);

    /// <summary>Events of the campaign after a position, in order. Null when there is no such campaign.</summary>
    /// <param name="after">A position, 0 for the last 24 hours.</param>
    /// <param name="limit">1 to 1,000.</param>
    [Alias("events"), AlwaysInterleave]
    Task<EventPage?> ReadEventsAsync(long after, int limit);

    /// <summary>Certificates of the campaign in the order of their last change. Null when there is no such campaign.</summary>
    /// <param name="after">A cursor of an earlier page, 0 for the beginning.</param>
    /// <param name="limit">1 to 1,000.</param>
    [Alias("changes"), AlwaysInterleave]
    Task<CertificateChanges?> ReadChangesAsync(long after, int limit);

    /// <summary>Certificates with this short code: one, none, or by an accident of 40 bits more.</summary>
    [Alias("code"), AlwaysInterleave]
    Task<ImmutableArray<Guid>> FindByCodeAsync(string code);

    /// <summary>What was scanned so far. Null when there is no such campaign.</summary>
    [Alias("statistics"), AlwaysInterleave]
    Task<CampaignStatistics?> GetStatisticsAsync();
}

/// <summary>How making a signing key ended.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Campaign">The campaign as it is now, when there is one.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.rotate-key-outcome")]
public sealed record RotateKeyOutcome(
    [property: Id(0)] RotateKeyStatus Status,
    [property: Id(1)] CampaignInfo? Campaign);

/// <summary>The ways in which making a signing key can end.</summary>
[GenerateSerializer, Alias("actors.tallying.rotate-key-status")]
public enum RotateKeyStatus
{
    /// <summary>There is a new key, and it signs from now on.</summary>
    Rotated,

    /// <summary>There is no such campaign.</summary>
    UnknownCampaign,

    /// <summary>It has 16 keys, and dropping one would invalidate what it signed.</summary>
    TooManyKeys,
}

/// <summary>What anyone may know of a campaign.</summary>
/// <param name="Slug">Its key.</param>
/// <param name="Name">Its name, as shown.</param>
/// <param name="Keys">Its public signing keys, the newest last; 16 at most.</param>
/// <param name="Capacity">How many may be inside at most, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.campaign-info")]
public sealed record CampaignInfo(
    [property: Id(0)] string Slug,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<SigningKeyInfo> Keys,
    [property: Id(3)] int? Capacity = null);

/// <summary>A public signing key (P-256, ES256).</summary>
/// <param name="KeyId">First 8 bytes of SHA-256 of the SubjectPublicKeyInfo, base64url.</param>
/// <param name="X">x coordinate, base64url (RFC 7518 §6.2.1.2).</param>
/// <param name="Y">y coordinate, base64url.</param>
/// <param name="CreatedAt">When it was made.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.signing-key-info")]
public sealed record SigningKeyInfo(
    [property: Id(0)] string KeyId,
    [property: Id(1)] string X,
    [property: Id(2)] string Y,
    [property: Id(3)] DateTimeOffset CreatedAt);

/// <summary>A signed certificate as it stands in a QR code.</summary>
/// <param name="Text">The QR code's text: <c>AC1:</c> and base45 of the COSE_Sign1.</param>
/// <param name="KeyId">The key that signed it.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.signed-certificate")]
public sealed record SignedCertificate(
    [property: Id(0)] string Text,
    [property: Id(1)] string KeyId);
