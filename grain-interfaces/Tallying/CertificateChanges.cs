using System.Collections.Immutable;
using Orleans;

namespace Actors.Tallying;

/// <summary>Certificates of a campaign in the order of their last change.</summary>
/// <param name="Cursor">Asks for what comes after this page.</param>
/// <param name="More">Whether there is more.</param>
/// <param name="Certificates">The certificates as they are now.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.certificate-changes")]
public sealed record CertificateChanges(
    [property: Id(0)] long Cursor,
    [property: Id(1)] bool More,
    [property: Id(2)] ImmutableArray<CertificateChange> Certificates);

/// <summary>A certificate as readers hold it offline.</summary>
/// <param name="Id">Its uuid.</param>
/// <param name="Version">The claim <c>iat</c> of its newest version.</param>
/// <param name="Revoked">Whether it was revoked.</param>
/// <param name="ValidityStart">Not valid before, or null.</param>
/// <param name="ValidityEnd">Not valid from then on, or null.</param>
/// <param name="Data">Shown to every reader after a successful check.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.certificate-change")]
public sealed record CertificateChange(
    [property: Id(0)] Guid Id,
    [property: Id(1)] long Version,
    [property: Id(2)] bool Revoked,
    [property: Id(3)] DateTimeOffset? ValidityStart,
    [property: Id(4)] DateTimeOffset? ValidityEnd,
    [property: Id(5)] ImmutableArray<TextPair> Data);
