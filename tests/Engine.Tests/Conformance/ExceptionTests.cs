using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Conformance;

public sealed class ExceptionTests : ClusterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_BodyThrows_CallerGetsTheException(bool late)
    {
        var error = await Assert.ThrowsAsync<WorkerException>(() => Worker("w1").FailAsync("no", late));

        Assert.Equal("no", error.Message);
        Assert.Equal(1, await Worker("w1").OneAsync());
    }
}
