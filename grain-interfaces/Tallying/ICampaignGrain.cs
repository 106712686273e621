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

    /// <summary>The campaign, or null when it was never created.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<CampaignInfo?> GetAsync();

    /// <summary>Makes a new signing key; certificates signed by older keys stay valid. Null when there is no such campaign.</summary>
    [Alias("rotate")]
    Task<CampaignInfo?> RotateKeyAsync();

    /// <summary>Signs with the newest key (ES256, RFC 9053 §2.1). Null when there is no such campaign.</summary>
    /// <param name="payload">The CWT claims map that becomes the payload.</param>
    [Alias("sign"), AlwaysInterleave]
    Task<SignedCertificate?> SignAsync(ImmutableArray<byte> payload);
}

/// <summary>What anyone may know of a campaign.</summary>
/// <param name="Slug">Its key.</param>
/// <param name="Name">Its name, as shown.</param>
/// <param name="Keys">Its public signing keys, the newest last; 16 at most.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.campaign-info")]
public sealed record CampaignInfo(
    [property: Id(0)] string Slug,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<SigningKeyInfo> Keys);

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
