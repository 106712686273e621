using Actors.Engine.Tests.Conformance;
using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Builtin;

/// <summary>Idle grains leave memory by the product's clock; Orleans collects by the machine's, which no test can move.</summary>
public sealed class CollectionTests : ClusterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Grain_Idle_IsCollectedAfterItsAge()
    {
        var worker = Worker("w1");
        var before = await worker.ActivationAsync();

        Cluster.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(before, await worker.ActivationAsync());

        Cluster.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(0, Gates["deactivated:w1"].Count);

        Cluster.Clock.Advance(TimeSpan.FromMinutes(3));
        await Gates["deactivated:w1:ActivationIdle"].Entered;
        Assert.NotEqual(before, await worker.ActivationAsync());
    }

    [Fact]
    public async Task Grain_OfClassWithItsOwnAge_IsCollectedAfterThat()
    {
        await Grains.GetGrain<IShortLivedGrain>("s1").TouchAsync();
        await Worker("w1").ActivationAsync();

        Cluster.Clock.Advance(TimeSpan.FromMinutes(4));
        await Gates["short-lived:s1"].Entered;

        Assert.Equal(0, Gates["deactivated:w1"].Count);
    }

    [Fact]
    public async Task Grain_Busy_IsNotCollected()
    {
        var worker = Worker("w1");
        await worker.TellAsync("busy");
        await Gates["busy"].Entered;

        Cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await worker.OneInterleavingAsync());

        Assert.Equal(0, Gates["deactivated:w1"].Count);
        Gates["busy"].Open();
    }

    [Fact]
    public async Task Grain_DelayingItsDeactivation_StaysThatLong()
    {
        var worker = Worker("w1");
        await worker.DelayDeactivationAsync(TimeSpan.FromHours(1));
        await Worker("w2").ActivationAsync();

        Cluster.Clock.Advance(TimeSpan.FromMinutes(50));
        await Gates["deactivated:w2"].Entered;
        Assert.Equal(0, Gates["deactivated:w1"].Count);

        Cluster.Clock.Advance(TimeSpan.FromMinutes(20));
        await Gates["deactivated:w1"].Entered;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Timer_OfAnIdleGrain_KeepsItOnlyWhenToldTo(bool keepAlive)
    {
        var worker = Worker("w1");
        Gates["tick"].Open();
        await worker.StartTimerAsync("tick", 5 * Minute, 5 * Minute, false, keepAlive);

        for (var ticks = 1; ticks <= 2; ticks++)
        {
            Cluster.Clock.Advance(5 * Minute);
            await Gates["tick"].EnteredBy(ticks);
            await worker.OneInterleavingAsync();
        }

        // A last call was made just now: from here only ticks could keep it.
        Cluster.Clock.Advance(5 * Minute);
        await Gates["tick"].EnteredBy(3);
        await Gates["tick"].EnteredBy(3);
        if (keepAlive)
        {
            Assert.Equal(0, Gates["deactivated:w1"].Count);
        }
        else
        {
            Cluster.Clock.Advance(12 * Minute);
            await Gates["deactivated:w1"].Entered;
        }
    }
}
