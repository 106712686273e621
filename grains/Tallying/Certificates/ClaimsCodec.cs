using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Text;

namespace Actors.Tallying.Certificates;

/// <summary>
/// The CWT claims map (RFC 8392) of a certificate, in deterministic CBOR. Only what <see cref="Encode"/> can have
/// written is read back: nothing else was ever signed by us.
/// </summary>
public static class ClaimsCodec
{
    /// <summary>Data entries at most.</summary>
    public const int MaxEntries = 64;

    private const int Expires = 4;
    private const int NotBefore = 5;
    private const int IssuedAt = 6;
    private const int CertificateId = 7;

    /// <summary>A private claim (RFC 8392 §9.1.1 leaves everything below -65536 to private use).</summary>
    private const int Data = -65537;

    private const long MaxSeconds = 253402300799;

    /// <summary>Writes the claims.</summary>
    public static byte[] Encode(CertificateClaims claims)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(3 + (claims.Expires is null ? 0 : 1) + (claims.NotBefore is null ? 0 : 1));
        WriteTime(writer, Expires, claims.Expires);
        WriteTime(writer, NotBefore, claims.NotBefore);
        WriteTime(writer, IssuedAt, claims.IssuedAt);
        writer.WriteInt32(CertificateId);
        writer.WriteByteString(claims.Id.ToByteArray(bigEndian: true));
        writer.WriteInt32(Data);
        WriteData(writer, claims.Data);
        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>How many bytes these entries take in a certificate.</summary>
    public static int DataLength(ImmutableArray<TextPair> data)
    {
        var length = 2;
        foreach (var (key, value) in data)
        {
            length += TextLength(key) + TextLength(value);
        }

        return length;

        static int TextLength(string text)
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            return bytes + (bytes < 24 ? 1 : bytes < 256 ? 2 : 3);
        }
    }

    /// <summary>Reads claims; false for anything but a complete, deterministic map of them.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out CertificateClaims? claims)
    {
        try
        {
            claims = Decode(new CborReader(payload, CborConformanceMode.Canonical));
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            // the reader of the framework tells wrong bytes, wrong types and too large numbers by these
            claims = null;
        }

        return claims is not null;
    }

    private static CertificateClaims? Decode(CborReader reader)
    {
        long? expires = null, notBefore = null, issuedAt = null;
        Guid? id = null;
        ImmutableArray<TextPair>? data = null;
        for (var left = reader.ReadStartMap(); left > 0; left--)
        {
            switch (reader.ReadInt32())
            {
                case Expires:
                    expires = reader.ReadInt64();
                    break;
                case NotBefore:
                    notBefore = reader.ReadInt64();
                    break;
                case IssuedAt:
                    issuedAt = reader.ReadInt64();
                    break;
                case CertificateId:
                    var bytes = reader.ReadDefiniteLengthByteString();
                    id = bytes.Length == 16 ? new Guid(bytes.Span, bigEndian: true) : null;
                    break;
                case Data:
                    data = ReadData(reader);
                    break;
                default:
                    return null;
            }
        }

        reader.ReadEndMap();
        return reader.BytesRemaining == 0 && id is { } cti && issuedAt is { } iat && data is { } entries
            && IsTime(iat) && IsTime(expires ?? 0) && IsTime(notBefore ?? 0)
                ? new CertificateClaims(cti, iat, notBefore, expires, entries)
                : null;
    }

    private static ImmutableArray<TextPair>? ReadData(CborReader reader)
    {
        var count = reader.ReadStartMap();
        if (count is null or > MaxEntries)
        {
            return null;
        }

        var entries = ImmutableArray.CreateBuilder<TextPair>(count.Value);
        for (var i = 0; i < count; i++)
        {
            entries.Add(new TextPair(reader.ReadTextString(), reader.ReadTextString()));
        }

        reader.ReadEndMap();
        return entries.MoveToImmutable();
    }

    private static bool IsTime(long seconds) => seconds is >= 0 and <= MaxSeconds;

    private static void WriteTime(CborWriter writer, int claim, long? seconds)
    {
        if (seconds is { } value)
        {
            writer.WriteInt32(claim);
            writer.WriteInt64(value);
        }
    }

    private static void WriteData(CborWriter writer, ImmutableArray<TextPair> data)
    {
        writer.WriteStartMap(data.Length);
        foreach (var (key, value) in data)
        {
            writer.WriteTextString(key);
            writer.WriteTextString(value);
        }

        writer.WriteEndMap();
    }
}
