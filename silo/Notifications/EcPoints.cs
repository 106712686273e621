using System.Security.Cryptography;

namespace Actors.Silo.Notifications;

/// <summary>Points of P-256 as web push writes them: uncompressed (SEC 1, section 2.3.3).</summary>
internal static class EcPoints
{
    public const int Bytes = 1 + 2 * CoordinateBytes;
    public const byte Uncompressed = 4;
    private const int CoordinateBytes = 32;

    public static byte[] Encode(ECPoint point) => [Uncompressed, .. point.X!, .. point.Y!];

    public static ECPoint Decode(ReadOnlySpan<byte> bytes) => new()
    {
        X = bytes.Slice(1, CoordinateBytes).ToArray(),
        Y = bytes.Slice(1 + CoordinateBytes, CoordinateBytes).ToArray(),
    };

    /// <summary>Whether it is a point of the curve.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes || bytes[0] != Uncompressed)
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Decode(bytes) });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
