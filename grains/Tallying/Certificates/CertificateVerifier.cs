using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Actors.Tallying.Certificates;

/// <summary>Checks the texts of QR codes against the public keys of a campaign, as an offline reader does.</summary>
public sealed class CertificateVerifier : IDisposable
{
    private readonly List<(byte[] KeyId, ECDsa Key)> _keys = [];

    /// <summary>Keys that are none are left out.</summary>
    public CertificateVerifier(ImmutableArray<SigningKeyInfo> keys)
    {
        foreach (var info in keys)
        {
            if (SigningKeys.TryImport(info, out var key))
            {
                _keys.Add((SigningKeys.KeyId(key), key));
            }
        }
    }

    /// <summary>Checks one text. Claims are given once the signature holds, also when the certificate is expired or early.</summary>
    public CertificateCheck Verify(ReadOnlySpan<char> text, DateTimeOffset now)
    {
        if (text.Length > CertificateText.MaxLength)
        {
            return new(CertificateCheckOutcome.TooLarge, null);
        }

        if (!CertificateText.TryParse(text, out var message) || message.KeyId.Length != SigningKeys.KeyIdLength)
        {
            return new(CertificateCheckOutcome.Malformed, null);
        }

        return Verify(message, now.ToUnixTimeSeconds());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, key) in _keys)
        {
            key.Dispose();
        }
    }

    private CertificateCheck Verify(CoseSign1 message, long now)
    {
        var outcome = CertificateCheckOutcome.UnknownKey;
        foreach (var (keyId, key) in _keys)
        {
            if (!message.KeyId.Span.SequenceEqual(keyId))
            {
                continue;
            }

            // key ids are short and may collide: every key of that id gets its try
            if (message.IsSignedBy(key))
            {
                return Judge(message, now);
            }

            outcome = CertificateCheckOutcome.BadSignature;
        }

        return new(outcome, null);
    }

    private static CertificateCheck Judge(CoseSign1 message, long now)
    {
        if (!ClaimsCodec.TryDecode(message.Payload, out var claims))
        {
            return new(CertificateCheckOutcome.Malformed, null);
        }

        var outcome = now >= claims.Expires ? CertificateCheckOutcome.Expired
            : now < claims.NotBefore ? CertificateCheckOutcome.NotYetValid
            : CertificateCheckOutcome.Valid;
        return new(outcome, claims);
    }
}
