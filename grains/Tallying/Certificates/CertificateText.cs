using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Actors.Tallying.Certificates;

/// <summary>The text of a certificate's QR code: <c>AC1:</c> and base45 of the COSE_Sign1.</summary>
public static class CertificateText
{
    /// <summary>Names the version of the format.</summary>
    public const string Prefix = "AC1:";

    /// <summary>Bytes of a message at most.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Characters at most.</summary>
    public const int MaxLength = MaxBytes / 2 * 3 + 4;

    /// <summary>Characters that the largest QR code holds in alphanumeric mode with error correction Q.</summary>
    public const int QrCapacity = 2420;

    /// <summary>Signs claims.</summary>
    public static string Sign(ReadOnlySpan<byte> claims, ECDsa key) =>
        Prefix + Base45.Encode(CoseSign1.Sign(claims, SigningKeys.KeyId(key), key));

    /// <summary>The message in a text; false when the text is not of this format.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out CoseSign1? message)
    {
        message = null;
        return text.Length <= MaxLength
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Base45.TryDecode(text[Prefix.Length..], out var bytes)
            && bytes.Length <= MaxBytes
            && CoseSign1.TryParse(bytes, out message);
    }
}
