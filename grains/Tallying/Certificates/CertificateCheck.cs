namespace Actors.Tallying.Certificates;

/// <summary>The result of checking a QR code's text.</summary>
/// <param name="Outcome">Whether it holds.</param>
/// <param name="Claims">What it says, when its signature holds.</param>
public sealed record CertificateCheck(CertificateCheckOutcome Outcome, CertificateClaims? Claims);

/// <summary>The ways in which a check can end.</summary>
public enum CertificateCheckOutcome
{
    /// <summary>Signed by a known key, and valid now.</summary>
    Valid,

    /// <summary>Not of this format.</summary>
    Malformed,

    /// <summary>Signed by a key that is not among those known.</summary>
    UnknownKey,

    /// <summary>Forged, or damaged.</summary>
    BadSignature,

    /// <summary>Its validity has ended.</summary>
    Expired,

    /// <summary>Its validity has not begun.</summary>
    NotYetValid,

    /// <summary>Longer than any certificate.</summary>
    TooLarge,
}
