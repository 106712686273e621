using Actors.Engine.Tests.Conformance;

namespace Actors.Engine.Tests.Builtin;

/// <summary>What the built-in engine promises beyond Orleans: calls wait in the order in which they were made.</summary>
public sealed class OrderTests : ClusterTests
{
    [Fact]
    public async Task Calls_OfOneCaller_ArriveInOrder()
    {
        var worker = Worker("w1");

        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => worker.IncrementSlowlyAsync()));

        Assert.Equal(Enumerable.Range(1, 500), results);
    }

    [Fact]
    public async Task ReadingCall_WriterWaits_DoesNotOvertakeIt()
    {
        var worker = Worker("w1");
        var reading = worker.PassReadingAsync("read");
        await Gates["read"].Entered;

        var writing = worker.PassAsync("write");
        var late = worker.PassReadingAsync("late-read");
        Assert.Equal(1, await worker.OneInterleavingAsync());
        Assert.Equal(0, Gates["late-read"].Count);

        Gates["read"].Open();
        await reading;
        await Gates["write"].Entered;
        Assert.Equal(0, Gates["late-read"].Count);

        Gates["write"].Open();
        Gates["late-read"].Open();
        await Task.WhenAll(writing, late);
    }
}
