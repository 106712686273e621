using Actors.Engine.Cluster;

namespace Actors.Engine.Tests.Cluster;

// Who may be evicted, and by whom.
public abstract partial class MembershipTableConformance
{
    [Fact]
    public async Task Evict_WithoutGround_IsRefused()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await PassAsync(Soon);

        Assert.False(await Table.EvictAsync(b, a, Stop));

        Assert.True((await Table.RenewAsync(b, Stop)).IsMember);
    }

    [Fact]
    public async Task Evict_LeaseIsOver_ChangesTheViewAndEndsItsWrites()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await RenewWhilePassingAsync(AfterTheLease, a);
        var before = (await ViewAsync()).Version;
        Assert.Equal(Doubt.Expired, await DoubtAsync(b));
        Assert.True((await Table.RenewAsync(a, Stop)).HasDoubtfulMembers);

        Assert.True(await Table.EvictAsync(b, a, Stop));

        var view = await ViewAsync();
        Assert.Equal(before + 1, view.Version);
        Assert.Equal([a], view.Members);
        Assert.False(await CanWriteAsync(b));
        Assert.Equal(new Renewal(true, view.Version, false), await Table.RenewAsync(a, Stop));
        Assert.False((await Table.RenewAsync(b, Stop)).IsMember);
        Assert.False(await Table.EvictAsync(b, a, Stop));
    }

    [Fact]
    public async Task Evict_OfASiloThatLeavesAndDied_EndsItsWrites()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await Table.RetireAsync(b, Stop);
        await RenewWhilePassingAsync(AfterTheLease, a);

        Assert.True(await Table.EvictAsync(b, a, Stop));

        Assert.False(await CanWriteAsync(b));
    }

    [Fact]
    public async Task Evict_ByASiloThatJoinsNow_NeedsTheOthersSilence()
    {
        var dead = await ActiveAsync("dead");
        await PassAsync(AfterTheLease);
        var a = await Table.JoinAsync("a", "host-a:1", Stop);

        // Its lease is over, but who has just come does not know for how long the table was out of reach.
        Assert.False(await Table.EvictAsync(dead, a, Stop));

        await Table.SuspectAsync(dead, a, Stop);
        Assert.False(await Table.EvictAsync(dead, a, Stop));
        await PassAsync(Soon);
        Assert.True(await Table.EvictAsync(dead, a, Stop));
        Assert.Empty((await ViewAsync()).Members);
    }

    [Fact]
    public async Task Evict_AfterAnOutage_WaitsUntilTheOthersCouldRenew()
    {
        var (a, b, c) = (await ActiveAsync("a"), await ActiveAsync("b"), await ActiveAsync("c"));
        await RenewWhilePassingAsync(AfterTheLease, a, b, c);
        await Table.SuspectAsync(b, a, Stop);
        await PassAsync(AfterTheLease);

        await Table.RenewAsync(a, Stop);
        Assert.False(await Table.EvictAsync(b, a, Stop));
        Assert.False(await Table.EvictAsync(c, a, Stop));

        Assert.True((await Table.RenewAsync(b, Stop)).IsMember);
        await RenewWhilePassingAsync(AfterTheLease, a, b);

        Assert.False(await Table.EvictAsync(b, a, Stop));
        Assert.True(await Table.EvictAsync(c, a, Stop));
    }

    [Fact]
    public async Task Evict_ByOneWhoseOwnLeaseIsOver_IsRefused()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await PassAsync(AfterTheLease);

        Assert.False(await Table.EvictAsync(b, a, Stop));
    }
}
