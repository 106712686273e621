using System.Security.Cryptography;
using System.Text;
using Actors.Tallying.Certificates;

namespace Actors.Unit.Tests.Tallying.Certificates;

public sealed class CoseSign1Tests
{
    /// <summary>RFC 9052 appendix C.2.1, "Single ECDSA Signature", and its key from appendix C.7.1.</summary>
    private const string PublishedMessage =
        "D28443A10126A10442313154546869732069732074686520636F6E74656E742E"
        + "58408EB33E4CA31D1C465AB05AAC34CC6B23D58FEF5C083106C4D25A91AEF0B0117E"
        + "2AF9A291AA32E14AB834DC56ED2A223444547E01F11D3B0916E5A4C345CACB36";

    private const string PublishedX = "BAC5B11CAD8F99F9C72B05CF4B9E26D244DC189F745228255A219A86D6A09EFF";
    private const string PublishedY = "20138BF82DC1B6D562BE0FA54AB7804A3A64B6D72CCFED6B6FB6ED28BBFC117E";

    [Fact]
    public void TryParse_PublishedMessage_VerifiesWithItsKeyOnly()
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Convert.FromHexString(PublishedX), Y = Convert.FromHexString(PublishedY) },
        });
        using var other = SigningKeys.Create();

        Assert.True(CoseSign1.TryParse(Convert.FromHexString(PublishedMessage), out var message));
        Assert.Equal("This is the content.", Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Equal(0, message.KeyId.Length);
        Assert.True(message.IsSignedBy(key));
        Assert.False(message.IsSignedBy(other));
    }

    [Fact]
    public void IsSignedBy_AnyChangedBit_Fails()
    {
        using var key = SigningKeys.Create();
        var bytes = CoseSign1.Sign("claims"u8, SigningKeys.KeyId(key), key);
        var before = bytes.Length - 64 - "claims"u8.Length - 3;
        for (var bit = 8 * before; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(CoseSign1.TryParse(changed, out var message) && message.IsSignedBy(key), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("D2")]
    [InlineData("80")]
    [InlineData("D280")]
    [InlineData("D38443A10126A0415840")]
    [InlineData("8443A10126A04158")]
    public void TryParse_OutsideTheFormat_Refuses(string hex) =>
        Assert.False(CoseSign1.TryParse(Convert.FromHexString(hex), out _));

    [Theory]
    [InlineData("43A10126", "43A10127")] // another algorithm (-8)
    [InlineData("43A10126", "40")] // no protected header
    [InlineData("43A10126", "41A0")] // an empty one
    [InlineData("43A10126", "45A201260201")] // a header label unknown to us
    [InlineData("43A10126", "44A1011806")] // algorithm +6, not in shortest form
    [InlineData("D284", "D29F")] // indefinite length
    [InlineData("D284", "D285")] // a fifth element announced
    public void TryParse_PublishedMessageAltered_Refuses(string part, string replacement)
    {
        var altered = PublishedMessage.Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(PublishedMessage, altered);
        Assert.False(CoseSign1.TryParse(Convert.FromHexString(altered), out _));
    }

    [Fact]
    public void TryParse_TrailingByte_Refuses() =>
        Assert.False(CoseSign1.TryParse(Convert.FromHexString(PublishedMessage + "00"), out _));

    [Fact]
    public void TryParse_EveryTruncation_Refuses()
    {
        var bytes = Convert.FromHexString(PublishedMessage);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(CoseSign1.TryParse(bytes.AsMemory(0, length), out _), $"length {length}");
        }
    }
}
