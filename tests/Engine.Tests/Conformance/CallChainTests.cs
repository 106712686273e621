using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Conformance;

public sealed class CallChainTests : ClusterTests
{
    protected override TimeSpan ResponseTimeout => TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Call_BackIntoItsOwnChain_Fails()
    {
        await Assert.ThrowsAnyAsync<TimeoutException>(() => Worker("w1").CallThroughAsync("r1", nameof(IWorkerGrain.OneAsync)));

        Assert.Equal(1, await Worker("w1").OneAsync());
    }

    [Fact]
    public async Task Call_BackIntoItsOwnChainByAnInterleavingMethod_Runs() =>
        Assert.Equal(1, await Worker("w1").CallThroughAsync("r1", nameof(IWorkerGrain.OneInterleavingAsync)));

    [Fact]
    public async Task Call_OfAReentrantGrainToItself_Runs() =>
        Assert.Equal(1, await Grains.GetGrain<IReentrantGrain>("r1").CallSelfAsync());

    [Fact]
    public async Task ReadingCall_BackIntoItsOwnChainWhileAWriterWaits_Runs()
    {
        var worker = Worker("w1");
        var reading = worker.CallThroughReadingAsync("read", "r1", nameof(IWorkerGrain.OneReadingAsync));
        await Gates["read"].Entered;
        var writing = worker.IncrementSlowlyAsync();
        Assert.Equal(1, await worker.OneInterleavingAsync());

        Gates["read"].Open();

        Assert.Equal(1, await reading);
        Assert.Equal(1, await writing);
    }

    [Fact]
    public async Task WritingCall_BackIntoAReadingChain_Fails()
    {
        Gates["read"].Open();

        await Assert.ThrowsAnyAsync<TimeoutException>(
            () => Worker("w1").CallThroughReadingAsync("read", "r1", nameof(IWorkerGrain.OneAsync)));
    }

    [Fact]
    public async Task Calls_Crossing_EndByTimeout()
    {
        var first = Grains.GetGrain<ICrossingGrain>("c1").CrossAsync("c2");
        var second = Grains.GetGrain<ICrossingGrain>("c2").CrossAsync("c1");
        await Gates["crossing"].EnteredBy(2);

        Gates["crossing"].Open();
        await Gates["crossing:c1"].Entered;
        await Gates["crossing:c2"].Entered;
        PassTimeout();

        await Assert.ThrowsAnyAsync<TimeoutException>(() => first);
        await Assert.ThrowsAnyAsync<TimeoutException>(() => second);
        Assert.Equal(1, await Grains.GetGrain<ICrossingGrain>("c1").OneAsync());
    }

    [Fact]
    public async Task Call_MadeByWorkThatOutlivesItsOwn_WaitsForTheGrainAsAnyOther()
    {
        var grain = Grains.GetGrain<ICrossingGrain>("c1");
        await grain.CallSelfLaterAsync();
        var busy = grain.PassAsync("busy");
        await Gates["busy"].Entered;

        Gates["later"].Open();
        await Gates["later:calling"].Entered;
        Gates["busy"].Open();

        await busy;
        await Gates["later:called"].Entered;
    }
}
