using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Engine.Serialization;
using Actors.Engine.Tests.Serialization.Generated;

namespace Actors.Engine.Tests.Serialization;

public sealed class RoundTripTests
{
    private const int Rounds = 2_000;

    /// <summary>JSON compares collections by content and is no work of ours.</summary>
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Fact]
    public void Decode_OfEncodedScalars_IsTheSame() => AssertRoundTrips(ScalarsCodec.Instance, random => random.Scalars());

    [Fact]
    public void Decode_OfEncodedOptionals_IsTheSame() => AssertRoundTrips(OptionalsCodec.Instance, random => random.Optionals());

    [Fact]
    public void Decode_OfEncodedCollections_IsTheSame() => AssertRoundTrips(CollectionsCodec.Instance, random => random.Collections());

    [Fact]
    public void Decode_OfEncodedTrees_IsTheSame() => AssertRoundTrips(TreeCodec.Instance, random => random.Tree());

    [Fact]
    public void Decode_OfMutableState_FillsItsProperties()
    {
        var state = new MutableState
        {
            Count = 3,
            Leaves = [new Leaf("a", new Point(1, -2))],
            Totals = new() { ["x"] = 4, ["y"] = 0 },
            Last = new Leaf("", default),
        };

        AssertSame(MutableStateCodec.Instance, state);
    }

    [Fact]
    public void Decode_OfRequiredAndInitMembers_SetsThem() =>
        Assert.Equal(
            new Mixed("n") { Size = 5, Note = "" },
            RoundTrip(MixedCodec.Instance, new Mixed("n") { Size = 5, Note = "" }));

    [Fact]
    public void Decode_OfException_KeepsMessageAndMembers()
    {
        var decoded = RoundTrip(TestFaultExceptionCodec.Instance, new TestFaultException("no paper", 17));

        Assert.Equal("no paper", decoded.Message);
        Assert.Equal(17, decoded.Code);
    }

    [Fact]
    public void Decode_OfNoBytes_HasEmptyCollectionsAndTexts()
    {
        var collections = CollectionsCodec.Instance.Decode([]);
        var state = MutableStateCodec.Instance.Decode([]);

        Assert.True(collections.Numbers is { IsDefault: false, IsEmpty: true });
        Assert.Empty(collections.ByName);
        Assert.Empty(collections.Raw);
        Assert.Empty(state.Leaves);
        Assert.Null(state.Last);
        Assert.Equal("", LeafCodec.Instance.Decode([]).Name);
    }

    [Fact]
    public void Encode_OfDefaults_IsEmpty()
    {
        Assert.Empty(ScalarsCodec.Instance.Encode(ScalarsCodec.Instance.Decode([])));
        Assert.Empty(OptionalsCodec.Instance.Encode(OptionalsCodec.Instance.Decode([])));
        Assert.Empty(CollectionsCodec.Instance.Encode(CollectionsCodec.Instance.Decode([])));
    }

    [Fact]
    public void Encode_OfLoneSurrogate_ReplacesIt() =>
        Assert.Equal("a\uFFFD", RoundTrip(LeafCodec.Instance, new Leaf("a\uD800", default)).Name);

    [Fact]
    public void Encode_OfLongNestedMessages_MakesRoomForTheirLengths()
    {
        foreach (var length in (int[])[127, 128, 16_383, 16_384, 300_000])
        {
            var leaf = new Leaf(new string('é', length), new Point(length, 1));
            var decoded = RoundTrip(CollectionsCodec.Instance, CollectionsCodec.Instance.Decode([]) with { Leaves = [leaf, leaf] });

            Assert.Equal([leaf, leaf], decoded.Leaves);
        }
    }

    private static void AssertRoundTrips<T>(MessageCodec<T> codec, Func<RandomMessages, T> make)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            AssertSame(codec, make(new RandomMessages(seed)));
        }
    }

    private static void AssertSame<T>(MessageCodec<T> codec, T value)
    {
        var bytes = codec.Encode(value);
        var decoded = codec.Decode(bytes);

        Assert.Equal(JsonSerializer.Serialize(value, Json), JsonSerializer.Serialize(decoded, Json));
        Assert.Equal(bytes, codec.Encode(decoded));
    }

    private static T RoundTrip<T>(MessageCodec<T> codec, T value) => codec.Decode(codec.Encode(value));
}
