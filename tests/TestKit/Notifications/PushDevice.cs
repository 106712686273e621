using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Actors.TestKit.Notifications;

/// <summary>A browser's subscription at a push service of our own, with the keys that only the browser has.</summary>
public sealed class PushDevice : IDisposable
{
    private const int SaltBytes = 16;
    private const int PointBytes = 65;
    private const int TagBytes = 16;
    private const int HeaderBytes = SaltBytes + sizeof(uint) + 1 + PointBytes;

    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    internal PushDevice(Uri endpoint) => Endpoint = endpoint;

    /// <summary>Its address at the push service.</summary>
    public Uri Endpoint { get; }

    /// <summary>Its secret.</summary>
    public byte[] Auth { get; } = RandomNumberGenerator.GetBytes(16);

    /// <summary>Its public key.</summary>
    public byte[] P256dh
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
    }

    internal string PrivateKey => Base64Url.EncodeToString(_key.ExportParameters(includePrivateParameters: true).D!);

    /// <summary>What the browser's <c>PushSubscription.toJSON</c> gives.</summary>
    public object ToJson(string? replaces = null) => new
    {
        endpoint = Endpoint.AbsoluteUri,
        expirationTime = (double?)null,
        keys = new { p256dh = Base64Url.EncodeToString(P256dh), auth = Base64Url.EncodeToString(Auth) },
        replaces,
    };

    /// <summary>What a body says to this browser (RFC 8291, read the other way round); an exception when it is not for it.</summary>
    public string Decrypt(ReadOnlySpan<byte> body)
    {
        var salt = body[..SaltBytes].ToArray();
        var sender = body.Slice(SaltBytes + sizeof(uint) + 1, PointBytes).ToArray();
        if (BinaryPrimitives.ReadUInt32BigEndian(body[SaltBytes..]) < body.Length - HeaderBytes || body[SaltBytes + sizeof(uint)] != PointBytes)
        {
            throw new InvalidDataException("The header is no header of one record.");
        }

        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33], Y = sender[33..] } });
        var secret = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, _key.DeriveRawSecretAgreement(theirs.PublicKey), 32, Auth, [.. "WebPush: info\0"u8, .. P256dh, .. sender]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        var record = new byte[body.Length - HeaderBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(nonce, body[HeaderBytes..^TagBytes], body[^TagBytes..], record);
        var end = record.AsSpan().LastIndexOfAnyExcept((byte)0);
        return end >= 0 && record[end] == 2 ? Encoding.UTF8.GetString(record, 0, end) : throw new InvalidDataException("The record has no delimiter of a last one.");
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
