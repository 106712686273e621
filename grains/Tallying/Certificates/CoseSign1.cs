using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Actors.Tallying.Certificates;

/// <summary>A COSE_Sign1 message (RFC 9052 §4.2), tagged 18, signed with ES256 (RFC 9053 §2.1).</summary>
/// <param name="ProtectedHeader">The protected header as signed.</param>
/// <param name="KeyId">The key id of the protected header, empty when it names none.</param>
/// <param name="Payload">What is signed.</param>
/// <param name="Signature">r and s, 32 bytes each.</param>
public sealed record CoseSign1(
    ReadOnlyMemory<byte> ProtectedHeader,
    ReadOnlyMemory<byte> KeyId,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> Signature)
{
    private const int SignatureLength = 64;
    private const int AlgorithmLabel = 1;
    private const int KeyIdLabel = 4;
    private const int Es256 = -7;

    private static readonly CborTag Tag = (CborTag)18;

    /// <summary>Signs a payload; the bytes of the whole message.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> keyId, ECDsa key)
    {
        var header = WriteHeader(keyId);
        var signature = key.SignData(SignedBytes(header, payload), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteTag(Tag);
        writer.WriteStartArray(4);
        writer.WriteByteString(header);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads a message; false for anything but deterministic CBOR of this one kind.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CoseSign1? message)
    {
        try
        {
            message = Parse(new CborReader(bytes, CborConformanceMode.Canonical));
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            // the reader of the framework tells wrong bytes, wrong types and too large numbers by these
            message = null;
        }

        return message is not null;
    }

    /// <summary>Whether this key signed the message.</summary>
    public bool IsSignedBy(ECDsa key) =>
        key.VerifyData(SignedBytes(ProtectedHeader.Span, Payload.Span), Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static CoseSign1? Parse(CborReader reader)
    {
        if (reader.ReadTag() != Tag || reader.ReadStartArray() != 4)
        {
            return null;
        }

        var header = reader.ReadDefiniteLengthByteString();
        SkipUnprotectedHeader(reader);
        var payload = reader.ReadDefiniteLengthByteString();
        var signature = reader.ReadDefiniteLengthByteString();
        reader.ReadEndArray();
        return reader.BytesRemaining == 0 && signature.Length == SignatureLength && TryReadHeader(header, out var keyId)
            ? new CoseSign1(header, keyId, payload, signature)
            : null;
    }

    private static void SkipUnprotectedHeader(CborReader reader)
    {
        // nothing in it is signed, so nothing in it is believed
        for (var left = reader.ReadStartMap(); left > 0; left--)
        {
            reader.SkipValue();
            reader.SkipValue();
        }

        reader.ReadEndMap();
    }

    private static bool TryReadHeader(ReadOnlyMemory<byte> header, out ReadOnlyMemory<byte> keyId)
    {
        keyId = default;
        var algorithm = 0;
        var reader = new CborReader(header, CborConformanceMode.Canonical);
        for (var left = reader.ReadStartMap(); left > 0; left--)
        {
            switch (reader.ReadInt32())
            {
                case AlgorithmLabel:
                    algorithm = reader.ReadInt32();
                    break;
                case KeyIdLabel:
                    keyId = reader.ReadDefiniteLengthByteString();
                    break;
                default:
                    // a header that we do not know may be critical (RFC 9052 §3.1, label 2)
                    return false;
            }
        }

        reader.ReadEndMap();
        return algorithm == Es256 && reader.BytesRemaining == 0;
    }

    private static byte[] WriteHeader(ReadOnlySpan<byte> keyId)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(2);
        writer.WriteInt32(AlgorithmLabel);
        writer.WriteInt32(Es256);
        writer.WriteInt32(KeyIdLabel);
        writer.WriteByteString(keyId);
        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>Sig_structure (RFC 9052 §4.4), without external data.</summary>
    private static byte[] SignedBytes(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(header);
        writer.WriteByteString([]);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
