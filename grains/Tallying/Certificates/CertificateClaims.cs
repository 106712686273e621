using System.Collections.Immutable;

namespace Actors.Tallying.Certificates;

/// <summary>What a certificate's QR code says.</summary>
/// <param name="Id">The certificate's uuid (claim <c>cti</c>).</param>
/// <param name="IssuedAt">Its version (<c>iat</c>), seconds since the Unix epoch.</param>
/// <param name="NotBefore">Not valid before (<c>nbf</c>), or null.</param>
/// <param name="Expires">Not valid from then on (<c>exp</c>), or null.</param>
/// <param name="Data">Shown to every reader, ordered by key.</param>
public sealed record CertificateClaims(
    Guid Id,
    long IssuedAt,
    long? NotBefore,
    long? Expires,
    ImmutableArray<TextPair> Data);
