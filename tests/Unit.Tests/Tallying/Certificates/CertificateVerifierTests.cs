using Actors.Tallying;
using Actors.Tallying.Certificates;

namespace Actors.Unit.Tests.Tallying.Certificates;

public sealed class CertificateVerifierTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly System.Security.Cryptography.ECDsa _key = SigningKeys.Create();
    private readonly System.Security.Cryptography.ECDsa _older = SigningKeys.Create();
    private readonly CertificateVerifier _verifier;

    public CertificateVerifierTests() =>
        _verifier = new CertificateVerifier([SigningKeys.Describe(_older, Now), SigningKeys.Describe(_key, Now)]);

    public void Dispose()
    {
        _verifier.Dispose();
        _key.Dispose();
        _older.Dispose();
    }

    [Fact]
    public void Verify_SignedByAnyKeyOfTheCampaign_IsValid()
    {
        var claims = Claims();
        var check = _verifier.Verify(CertificateText.Sign(ClaimsCodec.Encode(claims), _key), Now);
        Assert.Equal(CertificateCheckOutcome.Valid, check.Outcome);
        Assert.Equal(claims.Id, check.Claims!.Id);
        Assert.Equal(claims.Data, check.Claims.Data);
        Assert.Equal(CertificateCheckOutcome.Valid, _verifier.Verify(CertificateText.Sign(ClaimsCodec.Encode(claims), _older), Now).Outcome);
    }

    [Fact]
    public void Verify_SignedByAStranger_IsUnknownKey()
    {
        using var stranger = SigningKeys.Create();
        Assert.Equal(CertificateCheckOutcome.UnknownKey, _verifier.Verify(CertificateText.Sign(ClaimsCodec.Encode(Claims()), stranger), Now).Outcome);
    }

    [Fact]
    public void Verify_StrangerClaimingOurKeyId_IsBadSignature()
    {
        using var stranger = SigningKeys.Create();
        var forged = CoseSign1.Sign(ClaimsCodec.Encode(Claims()), SigningKeys.KeyId(_key), stranger);
        Assert.Equal(CertificateCheckOutcome.BadSignature, _verifier.Verify(CertificateText.Prefix + Base45.Encode(forged), Now).Outcome);
    }

    [Fact]
    public void Verify_NoKeyId_IsMalformed()
    {
        var message = CoseSign1.Sign(ClaimsCodec.Encode(Claims()), [], _key);
        Assert.Equal(CertificateCheckOutcome.Malformed, _verifier.Verify(CertificateText.Prefix + Base45.Encode(message), Now).Outcome);
    }

    [Fact]
    public void Verify_SignedButNoClaims_IsMalformed() =>
        Assert.Equal(CertificateCheckOutcome.Malformed, _verifier.Verify(CertificateText.Sign([0xA0], _key), Now).Outcome);

    [Theory]
    [InlineData(null, 0L, CertificateCheckOutcome.Expired)]
    [InlineData(null, 1L, CertificateCheckOutcome.Valid)]
    [InlineData(1L, null, CertificateCheckOutcome.NotYetValid)]
    [InlineData(0L, null, CertificateCheckOutcome.Valid)]
    [InlineData(1L, 0L, CertificateCheckOutcome.Expired)]
    public void Verify_AroundItsValidity_SaysSo(long? start, long? end, CertificateCheckOutcome expected)
    {
        var now = Now.ToUnixTimeSeconds();
        var claims = Claims() with { NotBefore = now + start, Expires = now + end };
        var check = _verifier.Verify(CertificateText.Sign(ClaimsCodec.Encode(claims), _key), Now);
        Assert.Equal(expected, check.Outcome);
        Assert.NotNull(check.Claims);
    }

    [Fact]
    public void Verify_OtherTexts_AreMalformedOrTooLarge()
    {
        var text = CertificateText.Sign(ClaimsCodec.Encode(Claims()), _key);
        Assert.Equal(CertificateCheckOutcome.Malformed, _verifier.Verify("", Now).Outcome);
        Assert.Equal(CertificateCheckOutcome.Malformed, _verifier.Verify("HC1:6BF", Now).Outcome);
        Assert.Equal(CertificateCheckOutcome.Malformed, _verifier.Verify("https://example.org/", Now).Outcome);
        Assert.Equal(CertificateCheckOutcome.Malformed, _verifier.Verify(text.ToLowerInvariant(), Now).Outcome);
        Assert.Equal(CertificateCheckOutcome.Malformed, _verifier.Verify(text.AsSpan(0, text.Length - 3), Now).Outcome);
        Assert.Equal(CertificateCheckOutcome.TooLarge, _verifier.Verify(new string('A', 1_000_000), Now).Outcome);
    }

    [Fact]
    public void Sign_LargestData_FitsAQrCode()
    {
        var claims = Claims() with { NotBefore = 1_600_000_000, Expires = 1_800_000_000, Data = [new("k", new string('v', CertificateLimits.MaxDataBytes - 7))] };
        Assert.Equal(CertificateLimits.MaxDataBytes, ClaimsCodec.DataLength(claims.Data));
        Assert.InRange(CertificateText.Sign(ClaimsCodec.Encode(claims), _key).Length, 2_000, CertificateText.QrCapacity);
    }

    internal static CertificateClaims Claims() =>
        new(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), 1_699_999_000, null, null, [new TextPair("name", "Ada")]);
}
