using Actors.Engine.Tests.Grains;
using Orleans;

namespace Actors.Engine.Tests.Conformance;

public sealed class ActivationTests : ClusterTests
{
    [Fact]
    public async Task Calls_First_ActivateOnce()
    {
        var worker = Worker("w1");

        var activations = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(worker.ActivationAsync, Stop)));

        Assert.Single(activations.Distinct());
        Assert.Equal(1, Gates["activated:w1"].Count);
    }

    [Fact]
    public async Task Reference_OfOtherInterfaceOrById_NamesTheSameGrain()
    {
        var worker = Worker("w1");
        var again = Grains.GetGrain<IWorkerGrain>(worker.GetGrainId());

        Assert.Equal(worker, again);
        Assert.Equal(await worker.ActivationAsync(), await again.ActivationAsync());
        Assert.Equal("w1", again.GetPrimaryKeyString());
    }

    [Fact]
    public async Task Grain_AskedToDeactivate_CallsThatWaitGetAFreshActivation()
    {
        var worker = Worker("w1");
        var before = await worker.ActivationAsync();
        var busy = worker.PassAsync("busy");
        await Gates["busy"].Entered;
        var deactivating = worker.DeactivateAsync();
        var waiting = Enumerable.Range(0, 50).Select(_ => worker.IncrementSlowlyAsync()).ToList();

        Gates["busy"].Open();
        await busy;
        await deactivating;
        var counts = await Task.WhenAll(waiting);

        Assert.NotEqual(before, await worker.ActivationAsync());
        Assert.Equal(Enumerable.Range(1, 50), counts);
        Assert.Equal(1, Gates["deactivated:w1:ApplicationRequested"].Count);
    }

    [Fact]
    public async Task Activation_Failing_FailsTheWaitingCallsAndTheNextCallTriesAgain()
    {
        var grain = Grains.GetGrain<IFragileGrain>("f1");
        var first = grain.ActivationsAsync();
        await Gates["fragile"].Entered;
        var second = grain.ActivationsAsync();
        Gates["fragile"].Open();

        Assert.Contains("not today", Flatten(await Assert.ThrowsAnyAsync<Exception>(() => first)));
        Assert.Contains("not today", Flatten(await Assert.ThrowsAnyAsync<Exception>(() => second)));

        Assert.Equal(2, await grain.ActivationsAsync());
    }

    [Fact]
    public async Task Process_Stopping_DeactivatesAllGrains()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Worker($"w{i}").ActivationAsync()));

        await Cluster.RestartAsync();

        Assert.Equal(100, Enumerable.Range(0, 100).Sum(i => Gates[$"deactivated:w{i}:ShuttingDown"].Count));
        Assert.NotEqual(Guid.Empty, await Worker("w1").ActivationAsync());
    }

    private static string Flatten(Exception error) => error.ToString();
}
