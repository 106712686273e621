using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Actors.Silo.Notifications;

/// <summary>The key pair by which push services know us (RFC 8292, section 2).</summary>
public sealed class VapidKeyPair
{
    private const int PrivateBytes = 32;

    private VapidKeyPair(byte[] publicKey, byte[] privateKey) => (PublicBytes, PrivateKeyBytes) = (publicKey, privateKey);

    /// <summary>The public key as base64url.</summary>
    public string PublicKey => Base64Url.EncodeToString(PublicBytes);

    /// <summary>The private key as base64url.</summary>
    public string PrivateKey => Base64Url.EncodeToString(PrivateKeyBytes);

    internal byte[] PublicBytes { get; }

    internal byte[] PrivateKeyBytes { get; }

    /// <summary>Makes a new pair.</summary>
    public static VapidKeyPair Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return new VapidKeyPair(EcPoints.Encode(parameters.Q), parameters.D!);
    }

    /// <summary>Takes a pair as it is written in settings, base64url or base64, with or without padding; or says what is wrong with it.</summary>
    public static bool TryParse(string publicKey, string privateKey, [NotNullWhen(true)] out VapidKeyPair? pair, [NotNullWhen(false)] out string? wrong)
    {
        pair = Decode(privateKey) is { Length: PrivateBytes } secret ? FromPrivate(secret) : null;
        wrong = pair is null ? "Push:PrivateKey must be a key of P-256: 32 bytes as base64url (api -- vapid makes a pair)."
            : Decode(publicKey) is not { Length: EcPoints.Bytes } point || point[0] != EcPoints.Uncompressed
                ? "Push:PublicKey must be 65 bytes as base64url, an uncompressed point of P-256 (api -- vapid makes a pair)."
            : pair.PublicBytes.AsSpan().SequenceEqual(point) ? null
            : "Push:PublicKey does not belong to Push:PrivateKey; every subscription would be refused.";
        return wrong is null;
    }

    /// <summary>The pair of a private key of 32 bytes, or null.</summary>
    internal static VapidKeyPair? FromPrivate(byte[] secret)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
            return new VapidKeyPair(EcPoints.Encode(key.ExportParameters(includePrivateParameters: false).Q), secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string text)
    {
        var url = text.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url) ? Base64Url.DecodeFromChars(url) : null;
    }
}
