using Actors.Tallying.Certificates;

namespace Actors.Unit.Tests.Tallying.Certificates;

public sealed class ShortCodeTests
{
    private static readonly Guid Certificate = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    /// <summary>Computed by another implementation: SHA-256 and base32 of Python.</summary>
    [Theory]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff", "F9HWFFG2")]
    [InlineData("00000000-0000-0000-0000-000000000000", "9BTEA9BF")]
    public void Of_KnownUuid_IsThisCode(string uuid, string code) => Assert.Equal(code, ShortCode.Of(Guid.Parse(uuid)));

    [Fact]
    public void TryParse_AsPrinted_ReadsItBack()
    {
        var code = ShortCode.Of(Certificate);
        Assert.True(ShortCode.TryParse(ShortCode.Format(code), out var read));
        Assert.Equal(code, read);
    }

    [Theory]
    [InlineData("  o1Il-0abC ", "01110ABC")]
    [InlineData("ZZZZZZZZ", "ZZZZZZZZ")]
    [InlineData("Z-Z Z-Z\tZZ ZZ", "ZZZZZZZZ")]
    public void TryParse_TypedCarelessly_IsUnderstood(string typed, string code)
    {
        Assert.True(ShortCode.TryParse(typed, out var read));
        Assert.Equal(code, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABCDEFG")]
    [InlineData("ABCDEFGHJ")]
    [InlineData("ABCDEFGU")]
    [InlineData("ABCDEFGé")]
    [InlineData("ABCDEFG\0")]
    public void TryParse_Otherwise_Refuses(string? typed) => Assert.False(ShortCode.TryParse(typed, out _));

    [Fact]
    public void TryParse_HugeText_Refuses() => Assert.False(ShortCode.TryParse(new string('-', 1_000_000), out _));
}
