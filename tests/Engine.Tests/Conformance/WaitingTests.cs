namespace Actors.Engine.Tests.Conformance;

/// <summary>Callers that stop waiting: in time, by their own will, and what becomes of the body.</summary>
public sealed class WaitingTests : ClusterTests
{
    protected override TimeSpan ResponseTimeout => TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Call_AnswerTooLate_CallerIsToldAndTheBodyFinishes()
    {
        var worker = Worker("w1");
        var call = worker.PassAsync("gate");
        await Gates["gate"].Entered;

        PassTimeout();
        await Assert.ThrowsAnyAsync<TimeoutException>(() => call);

        Gates["gate"].Open();
        Assert.Equal(1, await worker.CountAsync());
    }

    [Fact]
    public async Task Call_GrainBlocksItsThread_CallerIsToldAllTheSame()
    {
        var worker = Worker("w1");
        // Not the first call: Orleans may run that one under the lock that senders need too.
        await worker.OneAsync();
        var call = worker.BlockAsync("gate");
        await Gates["gate"].Entered;
        var behind = worker.OneAsync();

        PassTimeout();
        await Assert.ThrowsAnyAsync<TimeoutException>(() => call);
        await Assert.ThrowsAnyAsync<TimeoutException>(() => behind);

        Gates["gate"].Open();
        Assert.Equal(1, await worker.OneAsync());
    }

    [Fact]
    public async Task Call_Cancelled_CallerIsToldAtOnceAndTheBodyFinishes()
    {
        var worker = Worker("w1");
        using var cancellation = new CancellationTokenSource();
        var call = worker.PassCancellableAsync("gate", cancellation.Token);
        await Gates["gate"].Entered;

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Gates["gate"].Open();
        Assert.Equal(1, await worker.CountAsync());
    }

    [Fact]
    public async Task Call_CancelledBefore_DoesNotRun()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worker("w1").PassCancellableAsync("gate", cancellation.Token));

        Assert.Equal(0, await Worker("w1").CountAsync());
        Assert.Equal(0, Gates["gate"].Count);
    }

    [Fact]
    public async Task Calls_ManyWaitingForOneGrain_AllAreToldWhenTheTimeIsUp()
    {
        var worker = Worker("w1");
        var first = worker.PassAsync("gate");
        await Gates["gate"].Entered;
        var others = Enumerable.Range(0, 1000).Select(_ => worker.IncrementSlowlyAsync()).ToList();

        PassTimeout();
        foreach (var call in others.Prepend(first))
        {
            await Assert.ThrowsAnyAsync<TimeoutException>(() => call);
        }

        Gates["gate"].Open();
    }
}
