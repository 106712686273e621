namespace Actors.Engine.Tests.Conformance;

public sealed class TurnTests : ClusterTests
{
    [Fact]
    public async Task Calls_Concurrent_RunOneAtATime()
    {
        var worker = Worker("w1");

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(worker.IncrementSlowlyAsync, Stop)));

        Assert.Equal(1000, await worker.CountAsync());
    }

    [Fact]
    public async Task InterleavingCalls_Concurrent_NeverRunOnTwoThreads()
    {
        var worker = Worker("w1");

        var alone = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(worker.IncrementInterleavingAsync, Stop)));

        Assert.All(alone, Assert.True);
        Assert.Equal(2000, await worker.CountAsync());
    }

    [Fact]
    public async Task InterleavingCall_GrainBusy_RunsAtOnce()
    {
        var worker = Worker("w1");
        var busy = worker.PassAsync("busy");
        await Gates["busy"].Entered;

        Assert.Equal(1, await worker.OneInterleavingAsync());

        Assert.False(busy.IsCompleted);
        Gates["busy"].Open();
        await busy;
    }

    [Fact]
    public async Task Call_InterleavingCallRuns_RunsBesideIt()
    {
        var worker = Worker("w1");
        var interleaving = worker.PassInterleavingAsync("gate");
        await Gates["gate"].Entered;

        Assert.Equal(1, await worker.OneAsync());

        Gates["gate"].Open();
        await interleaving;
    }

    [Fact]
    public async Task ReadingCalls_Concurrent_RunBesideEachOtherButNotBesideOthers()
    {
        var worker = Worker("w1");
        var first = worker.PassReadingAsync("read");
        var second = worker.PassReadingAsync("read");
        await Gates["read"].EnteredBy(2);

        var writing = worker.PassAsync("write");
        Assert.Equal(1, await worker.OneInterleavingAsync());
        Assert.Equal(0, Gates["write"].Count);

        Gates["read"].Open();
        await Task.WhenAll(first, second);
        await Gates["write"].Entered;

        Gates["write"].Open();
        await writing;
    }

    [Fact]
    public async Task OneWayCall_Sent_DoesNotWaitForTheBody()
    {
        var worker = Worker("w1");

        await worker.TellAsync("gate");
        await Gates["gate"].Entered;

        Gates["gate"].Open();
        Assert.Equal(1, await worker.CountAsync());
    }

    [Fact]
    public async Task OneWayCall_BodyFails_HarmsNobody()
    {
        var worker = Worker("w1");
        Gates["gate"].Open();

        await worker.TellFailingAsync("gate");
        await Gates["gate"].Entered;

        Assert.Equal(1, await worker.OneAsync());
    }

    [Fact]
    public async Task Calls_ManyAtOnce_RunOneAfterTheOther()
    {
        var worker = Worker("w1");

        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => worker.IncrementSlowlyAsync()));

        Assert.Equal(Enumerable.Range(1, 500), results.Order());
    }
}
