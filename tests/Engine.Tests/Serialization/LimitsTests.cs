using Actors.Engine.Serialization;
using Actors.Engine.Tests.Serialization.Generated;

namespace Actors.Engine.Tests.Serialization;

public sealed class LimitsTests
{
    [Fact]
    public void Encode_OfTooDeepValue_IsRefused()
    {
        var tree = Enumerable.Range(0, CodecLimits.MaxDepth + 1).Aggregate((Tree?)null, (left, i) => new Tree(i, left, []))!;

        TreeCodec.Instance.Decode(TreeCodec.Instance.Encode(tree));
        Assert.Throws<CodecException>(() => TreeCodec.Instance.Encode(new Tree(0, tree, [])));
    }

    [Fact]
    public void Encode_OfValueThatContainsItself_IsRefused()
    {
        var state = new Cycle();
        state.Next = state;

        Assert.Throws<CodecException>(() => CycleCodec.Instance.Encode(state));
    }

    [Fact]
    public void Decode_OfTooDeepBytes_IsRefused()
    {
        using var writer = new FieldWriter();
        var nested = Array.Empty<byte>();
        for (var i = 0; i <= CodecLimits.MaxDepth; i++)
        {
            writer.Reset();
            writer.WriteBytes(1, nested);
            nested = writer.WrittenSpan.ToArray();
        }

        Assert.Throws<CodecException>(() => TreeCodec.Instance.Decode(nested));
    }

    [Fact]
    public void Decode_OfTooManyItems_IsRefused()
    {
        // Each element of Numbers is a tag and a zero.
        using var writer = new FieldWriter();
        writer.WriteBytes(0, new byte[2 * (CodecLimits.MaxItems + 1)]);

        Assert.Throws<CodecException>(() => CollectionsCodec.Instance.Decode(writer.WrittenSpan));
    }

    [Theory]
    [InlineData("0280808080808080808080", "length as a varint of more than 64 bits")]
    [InlineData("02FFFFFFFF07", "length beyond the end")]
    [InlineData("02FFFFFFFFFFFFFFFFFF01", "length of 64 bits")]
    [InlineData("0202C328", "text that is not UTF-8")]
    [InlineData("00", "tag without value")]
    [InlineData("0001", "number where text stands")]
    [InlineData("FFFFFFFFFF0F01", "id out of range")]
    [InlineData("80", "half a tag")]
    public void Decode_OfGarbage_IsRefused(string hex, string what)
    {
        var thrown = Record.Exception(() => LeafCodec.Instance.Decode(Convert.FromHexString(hex)));

        Assert.True(thrown is CodecException, what);
    }

    [Fact]
    public void WriteMember_OfMoreThanTheLimit_IsRefused()
    {
        using var writer = new FieldWriter();
        var chunk = new byte[CodecLimits.MaxBytes / 4];

        Assert.Throws<CodecException>(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                writer.WriteBytes(0, chunk);
            }
        });
    }
}

[Orleans.GenerateSerializer, Orleans.Alias("tests.cycle")]
internal sealed class Cycle
{
    [Orleans.Id(0)]
    public Cycle? Next { get; set; }
}
