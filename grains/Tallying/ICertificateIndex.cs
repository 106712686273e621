using System.Collections.Immutable;

namespace Actors.Tallying;

/// <summary>The certificates of each campaign, in the order of their last change: what readers fetch to know revocations and newest versions.</summary>
public interface ICertificateIndex
{
    /// <summary>Records the newest version of a certificate; durable when it returns.</summary>
    ValueTask PutAsync(IndexedCertificate certificate, CancellationToken cancellationToken);

    /// <summary>Certificates of a campaign changed after a cursor, by change; 0 starts from the beginning.</summary>
    ValueTask<(long Cursor, bool More, ImmutableArray<IndexedCertificate> Certificates)> ReadChangesAsync(
        string campaign, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Certificates of a campaign with this short code; more than one only by an accident of 40 bits.</summary>
    ValueTask<ImmutableArray<Guid>> FindByCodeAsync(string campaign, string code, CancellationToken cancellationToken);
}

/// <summary>What the index knows of a certificate.</summary>
/// <param name="Campaign">The slug.</param>
/// <param name="CertificateId">Its uuid.</param>
/// <param name="Code">Its short code, 8 characters.</param>
/// <param name="Version">The claim <c>iat</c> of its newest version.</param>
/// <param name="Revoked">Whether it was revoked.</param>
/// <param name="ValidityStart">Not valid before, or null.</param>
/// <param name="ValidityEnd">Not valid from then on, or null.</param>
/// <param name="Data">Its data.</param>
public sealed record IndexedCertificate(
    string Campaign,
    Guid CertificateId,
    string Code,
    long Version,
    bool Revoked,
    DateTimeOffset? ValidityStart,
    DateTimeOffset? ValidityEnd,
    ImmutableArray<TextPair> Data);
