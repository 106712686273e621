using Actors.Tallying;

namespace Actors.Silo.Storage;

/// <summary>What every implementation of the certificate index has in common.</summary>
internal static class CertificateRows
{
    /// <summary>
    /// What to store when a certificate is put again, or null when that changes nothing: puts may be repeated and may
    /// come late, an older version does not replace a newer one, and a revocation holds for good.
    /// </summary>
    public static IndexedCertificate? Merge(IndexedCertificate stored, IndexedCertificate put)
    {
        var newest = put.Version >= stored.Version ? put : stored;
        var merged = newest with { Revoked = stored.Revoked || put.Revoked };
        return Same(merged, stored) ? null : merged;
    }

    private static bool Same(IndexedCertificate left, IndexedCertificate right) =>
        left with { Data = [] } == right with { Data = [] } && left.Data.AsSpan().SequenceEqual(right.Data.AsSpan());
}
