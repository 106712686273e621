using Actors.Engine.Cluster;

namespace Actors.Engine.Tests.Cluster;

// Who is not heard, who refutes, and whose word counts.
public abstract partial class MembershipTableConformance
{
    [Fact]
    public async Task Suspect_NotRefuted_IsEvictedAfterTheTimeToRefuteAndNotBefore()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await Table.SuspectAsync(b, a, Stop);

        Assert.Equal(Doubt.Suspected, await DoubtAsync(b));
        Assert.InRange((await EntryAsync(b)).LeaseLeft, TimeSpan.Zero, Options.RefutationTime);
        Assert.False(await Table.EvictAsync(b, a, Stop));

        await PassAsync(Soon);

        Assert.True(await Table.EvictAsync(b, a, Stop));
    }

    [Fact]
    public async Task Suspect_Repeated_DoesNotPostponeTheEnd()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await Table.SuspectAsync(b, a, Stop);
        await PassAsync(Options.RefutationTime * 0.8);
        await Table.SuspectAsync(b, a, Stop);
        await PassAsync(Options.RefutationTime * 0.4);

        Assert.True(await Table.EvictAsync(b, a, Stop));
    }

    [Fact]
    public async Task Suspect_Renews_Refutes()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await Table.SuspectAsync(b, a, Stop);
        Assert.True((await Table.RenewAsync(a, Stop)).HasDoubtfulMembers);
        Assert.True((await Table.RenewAsync(b, Stop)).IsMember);
        await PassAsync(Soon);

        Assert.Equal(Doubt.None, await DoubtAsync(b));
        Assert.False((await Table.RenewAsync(a, Stop)).HasDoubtfulMembers);
        Assert.False(await Table.EvictAsync(b, a, Stop));
    }

    [Fact]
    public async Task Suspect_OfALifeThatIsOver_ChangesNothing()
    {
        var (a, dead) = (await ActiveAsync("a"), await ActiveAsync("b"));
        var b = await ActiveAsync("b");

        await Table.SuspectAsync(dead, a, Stop);

        Assert.Equal(Doubt.None, await DoubtAsync(b));
    }

    [Fact]
    public async Task Suspect_MajorityInsists_RefutationLoses()
    {
        var (a, b, c) = (await ActiveAsync("a"), await ActiveAsync("b"), await ActiveAsync("c"));
        await SayAsync(c, a, b);
        await PassAsync(Soon);
        await RenewAsync(a, b, c);
        Assert.Equal(Doubt.None, await DoubtAsync(c));

        await SayAsync(c, a, b);
        await RenewAsync(a, b, c);

        Assert.Equal(Doubt.Outvoted, await DoubtAsync(c));
        Assert.True((await Table.RenewAsync(a, Stop)).HasDoubtfulMembers);
        Assert.True(await Table.EvictAsync(c, b, Stop));
        Assert.Equal([a, b], (await ViewAsync()).Members);
    }

    [Fact]
    public async Task Suspect_HalfInsists_RefutationHolds()
    {
        var (a, b, c, d) = (await ActiveAsync("a"), await ActiveAsync("b"), await ActiveAsync("c"), await ActiveAsync("d"));
        for (var i = 0; i < 3; i++)
        {
            await SayAsync(d, a, b);
            await PassAsync(Soon);
            await RenewAsync(a, b, c, d);
        }

        Assert.Equal(Doubt.None, await DoubtAsync(d));
        Assert.False(await Table.EvictAsync(d, a, Stop));
    }

    [Fact]
    public async Task Suspect_MajorityOnlyOfProcessesThatCall_RefutationHolds()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        for (var i = 0; i < 5; i++)
        {
            await Table.SuspectAsync(b, null, Stop);
            await PassAsync(Soon);
            await RenewAsync(a, b);
        }

        Assert.Equal(Doubt.None, await DoubtAsync(b));
        Assert.False(await Table.EvictAsync(b, a, Stop));
    }

    [Fact]
    public async Task Suspect_ByThoseWhoseOwnLeaseIsOver_DoesNotCount()
    {
        var (a, b, c, d) = (await ActiveAsync("a"), await ActiveAsync("b"), await ActiveAsync("c"), await ActiveAsync("d"));
        var e = await ActiveAsync("e");
        await RenewWhilePassingAsync(Options.Lease * 0.8, c, d, e);
        await SayAsync(e, a, b, c);
        await PassAsync(Soon);
        await SayAsync(e, a, b, c);
        await RenewAsync(c, d, e);
        await PassAsync(Soon);
        await RenewAsync(c, d, e);

        // a and b are over, and of c, d and e one insists.
        Assert.Equal(Doubt.None, await DoubtAsync(e));
    }

    [Fact]
    public async Task Suspect_OfLongAgo_DoesNotCountAnyMore()
    {
        var (a, b, c) = (await ActiveAsync("a"), await ActiveAsync("b"), await ActiveAsync("c"));
        await SayAsync(c, a, b);
        await PassAsync(Soon);
        await SayAsync(c, a, b);
        await RenewAsync(a, b, c);
        Assert.Equal(Doubt.Outvoted, await DoubtAsync(c));

        await RenewWhilePassingAsync(AfterTheLease, a, b, c);

        Assert.Equal(Doubt.None, await DoubtAsync(c));
    }
}
