using System.Diagnostics.CodeAnalysis;
using Actors.Tallying.Certificates;

namespace Actors.Unit.Tests.Tallying.Certificates;

/// <summary>A million damaged inputs through the whole parser: each gets an answer, none an exception, none is taken for valid.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded, so that a failure can be repeated.")]
public sealed class CertificateFuzzTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly System.Security.Cryptography.ECDsa _key = SigningKeys.Create();
    private readonly CertificateVerifier _verifier;

    public CertificateFuzzTests() => _verifier = new CertificateVerifier([SigningKeys.Describe(_key, Now)]);

    public void Dispose()
    {
        _verifier.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void Verify_DamagedTexts_IsNeverValid()
    {
        var random = new Random(1);
        var good = CertificateText.Sign(ClaimsCodec.Encode(CertificateVerifierTests.Claims()), _key);
        for (var i = 0; i < 300_000; i++)
        {
            var damaged = Damage(random, good);
            Assert.True(damaged == good || _verifier.Verify(damaged, Now).Outcome != CertificateCheckOutcome.Valid, damaged);
        }
    }

    [Fact]
    public void Verify_DamagedMessages_IsNeverValid()
    {
        var random = new Random(2);
        var claims = ClaimsCodec.Encode(CertificateVerifierTests.Claims());
        var good = CoseSign1.Sign(claims, SigningKeys.KeyId(_key), _key);
        for (var i = 0; i < 300_000; i++)
        {
            var damaged = Damage(random, good);

            // what is changed in the last 64 bytes leads to a full signature check: a part of the inputs is enough for those
            if (i % 8 != 0 && damaged.Length > 64)
            {
                damaged[random.Next(damaged.Length - 64)] ^= (byte)random.Next(1, 256);
            }

            var outcome = _verifier.Verify(CertificateText.Prefix + Base45.Encode(damaged), Now).Outcome;
            Assert.True(outcome != CertificateCheckOutcome.Valid || damaged.AsSpan().SequenceEqual(good) || SameSignedPart(damaged, good), Convert.ToHexString(damaged));
        }
    }

    [Fact]
    public void TryDecode_DamagedClaims_ReadsOnlyWhatEncodeWrites()
    {
        var random = new Random(3);
        var good = Enumerable.Range(0, 50).Select(_ => ClaimsCodec.Encode(ClaimsCodecTests.Some(random))).ToArray();
        for (var i = 0; i < 400_000; i++)
        {
            var damaged = Damage(random, good[i % good.Length]);
            if (ClaimsCodec.TryDecode(damaged, out var claims))
            {
                Assert.Equal(Convert.ToHexString(damaged), Convert.ToHexString(ClaimsCodec.Encode(claims)));
            }
        }
    }

    /// <summary>The unprotected header is not signed: changes there leave the certificate valid.</summary>
    private static bool SameSignedPart(byte[] damaged, byte[] good) =>
        CoseSign1.TryParse(damaged, out var a) && CoseSign1.TryParse(good, out var b)
        && a.ProtectedHeader.Span.SequenceEqual(b.ProtectedHeader.Span) && a.Payload.Span.SequenceEqual(b.Payload.Span);

    private static string Damage(Random random, string good)
    {
        const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:aé\0";
        var text = good.ToCharArray().ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0 when text.Count > 1:
                    text.RemoveRange(at, random.Next(1, text.Count - at + 1));
                    break;
                case 1:
                    text.Insert(at, Characters[random.Next(Characters.Length)]);
                    break;
                default:
                    text[at] = Characters[random.Next(Characters.Length)];
                    break;
            }

            if (text.Count == 0)
            {
                break;
            }
        }

        return new string([.. text]);
    }

    private static byte[] Damage(Random random, byte[] good)
    {
        var bytes = good.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(8, bytes.Count - at) + 1));
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes[at] = (byte)(random.Next(8) << 5 | random.Next(23, 32));
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
