namespace Actors.Grains.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void Assembly_IsBuilt() => Assert.NotNull(typeof(PlaceholderTests).Assembly);
}
