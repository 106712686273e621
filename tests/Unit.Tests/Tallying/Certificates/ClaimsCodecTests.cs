using System.Collections.Immutable;
using System.Formats.Cbor;
using Actors.Tallying;
using Actors.Tallying.Certificates;

namespace Actors.Unit.Tests.Tallying.Certificates;

public sealed class ClaimsCodecTests
{
    private static readonly CertificateClaims Claims = new(
        Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), 1_700_000_000, 1_699_999_000, 1_800_000_000, [new("name", "Zoé")]);

    [Fact]
    public void Encode_KnownClaims_GivesTheseBytes() =>
        Assert.Equal(
            "A5041A6B49D200051A6553ED18061A6553F100075000112233445566778899AABBCCDDEEFF3A00010000A1646E616D65645A6FC3A9",
            Convert.ToHexString(ClaimsCodec.Encode(Claims)));

    [Fact]
    public void EncodeAndDecode_RandomClaims_RoundTrip()
    {
        var random = new Random(8392);
        for (var i = 0; i < 2_000; i++)
        {
            var claims = Some(random);
            var bytes = ClaimsCodec.Encode(claims);
            Assert.True(ClaimsCodec.TryDecode(bytes, out var read));
            Assert.Equal(claims with { Data = read.Data }, read);
            Assert.Equal(claims.Data.ToHashSet(), read.Data.ToHashSet());
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(ClaimsCodec.Encode(read)));
            Assert.True(ClaimsCodec.DataLength(claims.Data) < bytes.Length);
        }
    }

    [Fact]
    public void TryDecode_TrailingByteOrTruncation_Refuses()
    {
        var bytes = ClaimsCodec.Encode(Claims);
        Assert.False(ClaimsCodec.TryDecode((byte[])[.. bytes, 0], out _));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(ClaimsCodec.TryDecode(bytes.AsMemory(0, length), out _));
        }
    }

    [Theory]
    [InlineData(4)] // exp
    [InlineData(5)] // nbf
    [InlineData(6)] // iat
    public void TryDecode_TimeOutOfRange_Refuses(int claim)
    {
        Assert.False(ClaimsCodec.TryDecode(Write((claim, w => w.WriteInt64(-1))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((claim, w => w.WriteInt64(253402300800))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((claim, w => w.WriteUInt64(ulong.MaxValue))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((claim, w => w.WriteDouble(1.5e9))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((claim, w => w.WriteNull())), out _));
    }

    [Fact]
    public void TryDecode_WrongTypes_Refuses()
    {
        Assert.True(ClaimsCodec.TryDecode(Write(), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((7, w => w.WriteByteString(new byte[15]))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((7, w => w.WriteTextString("0123456789abcdef"))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((-65537, w => w.WriteTextString("data"))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((-65537, w => w.WriteNull())), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((1, w => w.WriteTextString("issuer"))), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((-65537, WriteNumberAsValue)), out _));
        Assert.False(ClaimsCodec.TryDecode(Write((-65537, w => WriteEntries(w, 65))), out _));
        Assert.True(ClaimsCodec.TryDecode(Write((-65537, w => WriteEntries(w, 64))), out _));
    }

    [Fact]
    public void TryDecode_MissingClaim_Refuses()
    {
        foreach (var claim in new[] { 6, 7, -65537 })
        {
            Assert.False(ClaimsCodec.TryDecode(Write((claim, null)), out _));
        }
    }

    [Theory]
    [InlineData("A2061A6553F100061A6553F100")] // a claim twice
    [InlineData("BF061A6553F100FF")] // indefinite length
    [InlineData("A1061B000000006553F100")] // not in shortest form
    [InlineData("A2075000112233445566778899AABBCCDDEEFF061A6553F100")] // not in order
    [InlineData("F6")]
    [InlineData("9BFFFFFFFFFFFFFFFF")]
    [InlineData("BBFFFFFFFFFFFFFFFF")]
    public void TryDecode_NotDeterministic_Refuses(string hex) =>
        Assert.False(ClaimsCodec.TryDecode(Convert.FromHexString(hex), out _));

    internal static CertificateClaims Some(Random random)
    {
        var data = ImmutableArray.CreateBuilder<TextPair>();
        var entries = random.Next(ClaimsCodec.MaxEntries + 1);
        for (var i = 0; i < entries; i++)
        {
            data.Add(new TextPair($"{i}{Text(random, 30)}", Text(random, i == 0 ? 300 : 20)));
        }

        return new CertificateClaims(
            new Guid(RandomBytes(random, 16)), random.NextInt64(253402300800), Maybe(random), Maybe(random), data.ToImmutable());
    }

    private static long? Maybe(Random random) => random.Next(3) == 0 ? null : random.NextInt64(253402300800);

    private static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(Random random, int max) =>
        string.Concat(Enumerable.Range(0, random.Next(max)).Select(_ => char.ConvertFromUtf32(random.Next(4) switch
        {
            0 => random.Next(0x20, 0x7F),
            1 => random.Next(0xA0, 0x800),
            2 => random.Next(0x800, 0xD800),
            _ => random.Next(0x1F300, 0x1F700),
        })));

    private static void WriteNumberAsValue(CborWriter writer)
    {
        writer.WriteStartMap(1);
        writer.WriteTextString("age");
        writer.WriteInt32(7);
        writer.WriteEndMap();
    }

    private static void WriteEntries(CborWriter writer, int count)
    {
        writer.WriteStartMap(count);
        for (var i = 0; i < count; i++)
        {
            writer.WriteTextString($"k{i}");
            writer.WriteTextString("v");
        }

        writer.WriteEndMap();
    }

    /// <summary>A good map with one claim replaced, added or, with null, left out.</summary>
    private static byte[] Write(params (int Claim, Action<CborWriter>? Value)[] changes)
    {
        var claims = new Dictionary<int, Action<CborWriter>?>
        {
            [6] = w => w.WriteInt64(1_700_000_000),
            [7] = w => w.WriteByteString(new byte[16]),
            [-65537] = w => WriteEntries(w, 0),
        };
        foreach (var (claim, value) in changes)
        {
            claims[claim] = value;
        }

        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(claims.Values.Count(value => value is not null));
        foreach (var (claim, value) in claims)
        {
            if (value is not null)
            {
                writer.WriteInt32(claim);
                value(writer);
            }
        }

        writer.WriteEndMap();
        return writer.Encode();
    }
}
