using System.Collections.Immutable;
using Actors.Engine.Tests.Serialization.Generated;
using Orleans;

namespace Actors.Engine.Tests.Serialization;

public sealed class EvolutionTests
{
    /// <summary>{ Name = "Porte A", Count = 3, Seen = [uuid 00112233-…], At = 2024-01-25T00:00+01:00 } as version 1 wrote it.</summary>
    private const string Version1Hex =
        "02 07 50 6F 72 74 65 20 41 04 06 0A 12 02 10 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 0E 0A 00 58 26 31 30 1D DC 08 3C 00";

    private static readonly Guid Uuid = new("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly DateTimeOffset At = new(2024, 1, 25, 0, 0, 0, TimeSpan.FromHours(1));
    private static readonly VersionOne One = new("Porte A", 3, [Uuid], At);

    [Fact]
    public void Encode_OfVersionOne_IsStillTheStoredBytes() =>
        Assert.Equal(Bytes(Version1Hex), VersionOneCodec.Instance.Encode(One));

    [Fact]
    public void Decode_OfStoredBytesByVersionTwo_FillsInDefaults()
    {
        var two = VersionTwoCodec.Instance.Decode(Bytes(Version1Hex));

        Assert.Equal(("Porte A", 3L, At), (two.Name, two.Count, two.At));
        Assert.Equal([Uuid], two.Seen);
        Assert.Null(two.Note);
        Assert.Equal(("", 0), (two.Detail.Name, two.Detail.At.X));
        Assert.Empty(two.Marks);
    }

    [Fact]
    public void Decode_OfNewBytesByVersionOne_SkipsWhatItDoesNotKnow()
    {
        var two = new VersionTwo("Porte A", 3, [Uuid], At, "note", new Leaf("l", new Point(1, 2)), 2.5, [new Point(3, 4)], 1.5f);

        var one = VersionOneCodec.Instance.Decode(VersionTwoCodec.Instance.Encode(two));

        Assert.Equal(One.Seen, one.Seen);
        Assert.Equal(One, one with { Seen = One.Seen });
    }

    [Fact]
    public void Decode_OfEnumNumberThatIsNotNamed_KeepsIt() =>
        Assert.Equal((Colour)99, ScalarsCodec.Instance.Decode(
            ScalarsCodec.Instance.Encode(ScalarsCodec.Instance.Decode([]) with { Colour = (Colour)99 })).Colour);

    [Fact]
    public void Decode_OfNumberTooLargeForTheOldType_IsRefused() =>
        Assert.Throws<Actors.Engine.Serialization.CodecException>(() => VersionOneCodec.Instance.Decode(
            VersionTwoCodec.Instance.Encode(VersionTwoCodec.Instance.Decode([]) with { Count = 1L << 40 })));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}

[GenerateSerializer, Alias("tests.version-one")]
internal sealed record VersionOne(
    [property: Id(0)] string Name,
    [property: Id(1)] int Count,
    [property: Id(2)] ImmutableArray<Guid> Seen,
    [property: Id(3)] DateTimeOffset At);

/// <summary>Version one with members added, one of them widened, and their order changed.</summary>
[GenerateSerializer, Alias("tests.version-two")]
internal sealed record VersionTwo(
    [property: Id(0)] string Name,
    [property: Id(1)] long Count,
    [property: Id(2)] ImmutableArray<Guid> Seen,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string? Note,
    [property: Id(5)] Leaf Detail,
    [property: Id(6)] double Weight,
    [property: Id(40)] ImmutableArray<Point> Marks,
    [property: Id(7)] float Share);
