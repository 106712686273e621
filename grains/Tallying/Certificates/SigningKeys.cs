using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Actors.Tallying.Certificates;

/// <summary>P-256 keys: their ids, their public halves as JWK members, and back.</summary>
public static class SigningKeys
{
    /// <summary>Bytes of a key id.</summary>
    public const int KeyIdLength = 8;

    private const int CoordinateLength = 32;

    /// <summary>A new key pair.</summary>
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>First 8 bytes of SHA-256 of the SubjectPublicKeyInfo.</summary>
    public static byte[] KeyId(ECDsa key) => SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..KeyIdLength];

    /// <summary>What anyone may know of a key.</summary>
    public static SigningKeyInfo Describe(ECDsa key, DateTimeOffset createdAt)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new SigningKeyInfo(
            Base64Url.EncodeToString(KeyId(key)), Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y), createdAt);
    }

    /// <summary>The public key that a JWK describes; false when it is none.</summary>
    public static bool TryImport(SigningKeyInfo info, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;
        try
        {
            var point = new ECPoint { X = Base64Url.DecodeFromChars(info.X), Y = Base64Url.DecodeFromChars(info.Y) };
            if (point.X.Length != CoordinateLength || point.Y.Length != CoordinateLength)
            {
                return false;
            }

            key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            // not base64url, or a point beside the curve
            return false;
        }

        return true;
    }
}
