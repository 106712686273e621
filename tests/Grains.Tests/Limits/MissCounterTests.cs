using Actors.Limits;
using Actors.TestKit.Clusters;

namespace Actors.Grains.Tests.Limits;

public sealed class MissCounterTests
{
    [Fact]
    public async Task Add_FromAnywhere_CountsByGuesserAndFades()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var counter = cluster.Grains.GetMissCounterGrain(MissCounterKey.Of("codes", "192.0.2.1"));
        await counter.AddAsync("192.0.2.1");
        await counter.AddAsync("192.0.2.1");
        await counter.AddAsync("192.0.2.2");

        Assert.Equal(2, (await counter.CountAsync("192.0.2.1")).Now);
        Assert.Equal(1, (await counter.CountAsync("192.0.2.2")).Now);
        Assert.Equal(0, (await counter.CountAsync("192.0.2.3")).Now);

        cluster.Clock.Advance(MissTable.Window);
        Assert.Equal((2, 0), (await counter.CountAsync("192.0.2.1") is var tally ? (tally.Before, tally.Now) : default));
        cluster.Clock.Advance(MissTable.Window);
        Assert.Equal(0, (await counter.CountAsync("192.0.2.1")).Before);
    }

    [Fact]
    public void Key_OfAGuesser_IsTheSameEverywhereAndNeverThatOfAll()
    {
        var keys = Enumerable.Range(0, 1_000).Select(i => MissCounterKey.Of("codes", $"198.51.100.{i}")).ToList();

        Assert.Equal(new MissCounterKey("codes", 8), MissCounterKey.Of("codes", "192.0.2.1"));
        Assert.Equal(MissCounterKey.Shards, keys.Distinct().Count());
        Assert.DoesNotContain(MissCounterKey.Everybody("codes"), keys);
    }
}
