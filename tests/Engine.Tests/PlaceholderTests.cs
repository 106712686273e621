namespace Actors.Engine.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void Assembly_IsBuilt() => Assert.NotNull(typeof(PlaceholderTests).Assembly);
}
