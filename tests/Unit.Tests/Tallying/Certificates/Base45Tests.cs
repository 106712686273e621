using System.Text;
using Actors.Tallying.Certificates;

namespace Actors.Unit.Tests.Tallying.Certificates;

public sealed class Base45Tests
{
    /// <summary>The examples of RFC 9285 §4.3 and §4.4.</summary>
    [Theory]
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void EncodeAndDecode_PublishedVectors_Agree(string plain, string encoded)
    {
        Assert.Equal(encoded, Base45.Encode(Encoding.ASCII.GetBytes(plain)));
        Assert.True(Base45.TryDecode(encoded, out var bytes));
        Assert.Equal(plain, Encoding.ASCII.GetString(bytes));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("BB8B")]
    [InlineData("bb8")]
    [InlineData("BBé")]
    [InlineData("BB\0")]
    [InlineData("GGW")]
    [InlineData(":::")]
    [InlineData("::")]
    [InlineData("BB8V5")]
    public void TryDecode_OutsideTheFormat_Refuses(string text) => Assert.False(Base45.TryDecode(text, out _));

    [Fact]
    public void TryDecode_HighestGroups_AreRead()
    {
        Assert.True(Base45.TryDecode("FGW", out var pair));
        Assert.Equal([0xFF, 0xFF], pair);
        Assert.True(Base45.TryDecode("U5", out var single));
        Assert.Equal([0xFF], single);
    }

    [Fact]
    public void EncodeAndDecode_AnyBytes_RoundTrip()
    {
        var random = new Random(45);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.True(Base45.TryDecode(Base45.Encode(bytes), out var decoded));
            Assert.Equal(bytes, decoded);
        }
    }
}
