using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.Silo.Notifications;

/// <summary>Encrypts what only the browser can read (RFC 8291, over RFC 8188 with one record).</summary>
internal static class WebPushEncryption
{
    /// <summary>The longest message: a body has 4,096 bytes at most.</summary>
    public const int MaxPlaintext = MaxBody - HeaderBytes - TagBytes - 1;

    private const int MaxBody = 4_096;
    private const int AuthBytes = 16;
    private const int SaltBytes = 16;
    private const int HeaderBytes = SaltBytes + sizeof(uint) + 1 + EcPoints.Bytes;
    private const int TagBytes = 16;
    private const int KeyBytes = 16;
    private const int NonceBytes = 12;
    private const int SecretBytes = 32;
    private const byte LastRecord = 2;

    // lengths tell: messages are as long as the next step, yet not longer than bridges to old Androids carry
    private const int PaddingStep = 256;
    private const int Bridged = 2_744;

    /// <summary>A body for one device, or null when its key or its secret is none.</summary>
    /// <param name="plaintext">At most <see cref="MaxPlaintext"/> bytes.</param>
    /// <param name="p256dh">The device's public key.</param>
    /// <param name="auth">The device's secret, 16 bytes.</param>
    public static byte[]? Encrypt(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> p256dh, ReadOnlySpan<byte> auth)
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        RandomNumberGenerator.Fill(salt);
        using var ours = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(plaintext, p256dh, auth, ours, salt, PaddedLength(plaintext.Length));
    }

    /// <summary>The same with a given key and salt: for the vector of RFC 8291, appendix A.</summary>
    internal static byte[]? Encrypt(
        ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> p256dh, ReadOnlySpan<byte> auth, ECDiffieHellman ours, ReadOnlySpan<byte> salt, int paddedLength)
    {
        if (plaintext.Length > MaxPlaintext)
        {
            throw new ArgumentException($"A message has {MaxPlaintext} bytes at most.", nameof(plaintext));
        }

        if (auth.Length != AuthBytes || p256dh.Length != EcPoints.Bytes || p256dh[0] != EcPoints.Uncompressed || Agree(ours, p256dh) is not { } shared)
        {
            return null;
        }

        var ourPoint = EcPoints.Encode(ours.ExportParameters(includePrivateParameters: false).Q);

        var (key, nonce) = DeriveContentKey(DeriveSecret(shared, auth, p256dh, ourPoint), salt);
        var body = new byte[HeaderBytes + paddedLength + TagBytes];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltBytes), MaxBody);
        body[SaltBytes + sizeof(uint)] = EcPoints.Bytes;
        ourPoint.CopyTo(body.AsSpan(SaltBytes + sizeof(uint) + 1));
        var record = body.AsSpan(HeaderBytes, paddedLength);
        plaintext.CopyTo(record);
        record[plaintext.Length] = LastRecord;
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, record, record, body.AsSpan(HeaderBytes + paddedLength));
        return body;
    }

    /// <summary>What both sides have in common (RFC 8291, section 3.4).</summary>
    internal static byte[] DeriveSecret(byte[] shared, ReadOnlySpan<byte> auth, ReadOnlySpan<byte> theirPoint, ReadOnlySpan<byte> ourPoint)
    {
        var secret = new byte[SecretBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, secret, auth, [.. "WebPush: info\0"u8, .. theirPoint, .. ourPoint]);
        return secret;
    }

    /// <summary>What the one record is encrypted with (RFC 8188, section 2.2).</summary>
    internal static (byte[] Key, byte[] Nonce) DeriveContentKey(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt)
    {
        Span<byte> extracted = stackalloc byte[SecretBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, secret, salt, extracted);
        var (key, nonce) = (new byte[KeyBytes], new byte[NonceBytes]);
        HKDF.Expand(HashAlgorithmName.SHA256, extracted, key, "Content-Encoding: aes128gcm\0"u8);
        HKDF.Expand(HashAlgorithmName.SHA256, extracted, nonce, "Content-Encoding: nonce\0"u8);
        return (key, nonce);
    }

    /// <summary>With its delimiter and padding.</summary>
    internal static int PaddedLength(int length)
    {
        var least = length + 1;
        var padded = (least + PaddingStep - 1) / PaddingStep * PaddingStep;
        return Math.Min(padded <= Bridged ? padded : Math.Max(least, Bridged), MaxPlaintext + 1);
    }

    private static byte[]? Agree(ECDiffieHellman ours, ReadOnlySpan<byte> p256dh)
    {
        try
        {
            using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = EcPoints.Decode(p256dh) });
            using var point = theirs.PublicKey;
            return ours.DeriveRawSecretAgreement(point);
        }
        catch (CryptographicException)
        {
            // not a point of the curve
            return null;
        }
    }
}
