using System.Collections.Immutable;
using System.Text;

namespace Actors.Tallying.Certificates;

/// <summary>How much a certificate may say.</summary>
public static class CertificateLimits
{
    /// <summary>Bytes that the data may take in the QR code; with everything else it then fits the largest one at level Q.</summary>
    public const int MaxDataBytes = 1_400;

    /// <summary>Entries of data, and of metadata, at most.</summary>
    public const int MaxEntries = ClaimsCodec.MaxEntries;

    /// <summary>Characters of a key at most.</summary>
    public const int MaxKeyLength = 100;

    /// <summary>UTF-8 bytes of all metadata at most.</summary>
    public const int MaxMetadataBytes = 32_768;

    /// <summary>Whether the entries are few and short enough, and no key comes twice.</summary>
    public static bool Allow(ImmutableArray<TextPair> data, ImmutableArray<TextPair> metadata) =>
        HaveGoodKeys(data)
        && HaveGoodKeys(metadata)
        && ClaimsCodec.DataLength(data) <= MaxDataBytes
        && metadata.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) <= MaxMetadataBytes;

    private static bool HaveGoodKeys(ImmutableArray<TextPair> pairs) =>
        pairs.Length <= MaxEntries
        && pairs.All(pair => pair.Key.Length is >= 1 and <= MaxKeyLength)
        && pairs.DistinctBy(pair => pair.Key).Count() == pairs.Length;
}
