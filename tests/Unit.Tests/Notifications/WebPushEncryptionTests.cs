using System.Buffers.Text;
using System.Security.Cryptography;
using Actors.Silo.Notifications;

namespace Actors.Unit.Tests.Notifications;

public sealed class WebPushEncryptionTests
{
    private static readonly byte[] s_auth = new byte[16];

    /// <summary>RFC 8291, section 5 and appendix A.</summary>
    [Fact]
    public void Encrypt_ExampleOfTheStandard_IsTheStandards()
    {
        var plaintext = "When I grow up, I want to be a watermelon"u8;
        var asPublic = Bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        var asPrivate = Bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        var uaPublic = Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        var uaPrivate = Bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
        var salt = Bytes("DGv6ra1nlYgDCS1FRnbzlw");
        var auth = Bytes("BTBZMqHH6r4Tts7J_aSIgg");
        using var ours = Key(asPublic, asPrivate);
        using var theirs = Key(uaPublic, uaPrivate);

        var shared = theirs.DeriveRawSecretAgreement(ours.PublicKey);
        var secret = WebPushEncryption.DeriveSecret(shared, auth, uaPublic, asPublic);
        var (key, nonce) = WebPushEncryption.DeriveContentKey(secret, salt);
        var body = WebPushEncryption.Encrypt(plaintext, uaPublic, auth, ours, salt, plaintext.Length + 1);

        Assert.Equal("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs", Text(shared));
        Assert.Equal("S4lYMb_L0FxCeq0WhDx813KgSYqU26kOyzWUdsXYyrg", Text(secret));
        Assert.Equal("oIhVW04MRdy2XN9CiKLxTg", Text(key));
        Assert.Equal("4h_95klXJ5E_qnoN", Text(nonce));
        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Text(body!));
    }

    [Fact]
    public void Encrypt_Twice_HasAnotherSaltAndAnotherKey()
    {
        var device = Point();

        var (first, second) = (WebPushEncryption.Encrypt("x"u8, device, s_auth)!, WebPushEncryption.Encrypt("x"u8, device, s_auth)!);

        Assert.NotEqual(first[..16], second[..16]);
        Assert.NotEqual(first[21..86], second[21..86]);
    }

    [Fact]
    public void Encrypt_OfAnyLength_HidesTheLengthAndFits()
    {
        var device = Point();
        var lengths = new HashSet<int>();
        for (var length = 0; length <= WebPushEncryption.MaxPlaintext; length += 31)
        {
            var body = WebPushEncryption.Encrypt(new byte[length], device, s_auth)!;

            Assert.InRange(body.Length, 86 + length + 1 + 16, 4_096);
            if (length < 2_700)
            {
                lengths.Add(body.Length);
            }
        }

        Assert.Equal(3_993, WebPushEncryption.MaxPlaintext);
        // steps of 256 bytes up to 2,744
        Assert.Equal(11, lengths.Count);
        Assert.Equal(4_096, WebPushEncryption.Encrypt(new byte[3_993], device, s_auth)!.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(66)]
    [InlineData(65)]
    public void Encrypt_KeyThatIsNone_IsNull(int length) => Assert.Null(WebPushEncryption.Encrypt("x"u8, new byte[length], s_auth));

    [Fact]
    public void Encrypt_PointOffTheCurve_IsNull()
    {
        var point = Point();
        point[64] ^= 1;

        Assert.Null(WebPushEncryption.Encrypt("x"u8, point, s_auth));
    }

    [Fact]
    public void Encrypt_CompressedOrInfinitePoint_IsNull()
    {
        var point = Point();
        Assert.Null(WebPushEncryption.Encrypt("x"u8, [2, .. point[1..33]], s_auth));
        Assert.Null(WebPushEncryption.Encrypt("x"u8, [6, .. point[1..]], s_auth));
        Assert.Null(WebPushEncryption.Encrypt("x"u8, [4, .. new byte[64]], s_auth));
        Assert.Null(WebPushEncryption.Encrypt("x"u8, [4, .. Enumerable.Repeat((byte)0xFF, 64)], s_auth));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Encrypt_SecretOfAnotherLength_IsNull(int length) => Assert.Null(WebPushEncryption.Encrypt("x"u8, Point(), new byte[length]));

    private static byte[] Point()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return EcPoints.Encode(key.ExportParameters(includePrivateParameters: false).Q);
    }

    private static ECDiffieHellman Key(byte[] point, byte[] secret) =>
        ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = EcPoints.Decode(point), D = secret });

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
