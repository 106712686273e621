namespace Actors.Engine.Tests.Conformance;

public sealed class TimerTests : ClusterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Timer_Due_TicksThenAgainEachPeriod()
    {
        var worker = Worker("w1");
        Gates["tick"].Open();
        await worker.StartTimerAsync("tick", Minute, 2 * Minute, false, false);

        Cluster.Clock.Advance(Minute / 2);
        await worker.OneAsync();
        Assert.Equal(0, Gates["tick"].Count);

        Cluster.Clock.Advance(Minute / 2);
        await Gates["tick"].Entered;
        await worker.OneAsync();

        Cluster.Clock.Advance(2 * Minute);
        await Gates["tick"].EnteredBy(2);
    }

    [Fact]
    public async Task Tick_Running_IsATurnOfItsOwn()
    {
        var worker = Worker("w1");
        await worker.StartTimerAsync("tick", Minute, Timeout.InfiniteTimeSpan, false, false);
        Cluster.Clock.Advance(Minute);
        await Gates["tick"].Entered;

        var waiting = worker.OneAsync();
        Assert.Equal(1, await worker.OneInterleavingAsync());
        Assert.False(waiting.IsCompleted);

        Gates["tick"].Open();
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task Tick_InterleavingAndRunning_LetsCallsRun()
    {
        var worker = Worker("w1");
        await worker.StartTimerAsync("tick", Minute, Timeout.InfiniteTimeSpan, true, false);
        Cluster.Clock.Advance(Minute);
        await Gates["tick"].Entered;

        Assert.Equal(1, await worker.OneAsync());
        Gates["tick"].Open();
    }

    [Fact]
    public async Task Timer_Disposed_TicksNoMore()
    {
        var worker = Worker("w1");
        Gates["tick"].Open();
        await worker.StartTimerAsync("tick", Minute, Minute, false, false);
        await worker.StopTimerAsync();

        Cluster.Clock.Advance(3 * Minute);
        await worker.OneAsync();

        Assert.Equal(0, Gates["tick"].Count);
    }

    [Fact]
    public async Task Timer_GrainDeactivated_TicksNoMore()
    {
        var worker = Worker("w1");
        Gates["tick"].Open();
        await worker.StartTimerAsync("tick", Minute, Minute, false, false);
        await Cluster.DeactivateAllAsync();
        await worker.OneAsync();

        Cluster.Clock.Advance(3 * Minute);
        await worker.OneAsync();

        Assert.Equal(0, Gates["tick"].Count);
    }
}
