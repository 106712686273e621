using Actors.Engine.Cluster;

namespace Actors.Engine.Tests.Cluster;

// What a jump of the clock may not do.
public abstract partial class MembershipTableConformance
{
    [Fact]
    public async Task Clock_JumpsForwards_NobodyIsEvictedWhoRenews()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await RenewWhilePassingAsync(AfterTheLease, a, b);
        await PassAsync(TimeSpan.FromHours(1));

        Assert.True((await Table.RenewAsync(a, Stop)).IsMember);
        Assert.False(await Table.EvictAsync(b, a, Stop));
        Assert.True((await Table.RenewAsync(b, Stop)).IsMember);
        Assert.False(await Table.EvictAsync(b, a, Stop));
    }

    [Fact]
    public async Task Clock_JumpsBackwards_LeasesDoNotLastForEver()
    {
        var (a, b) = (await ActiveAsync("a"), await ActiveAsync("b"));
        await RenewWhilePassingAsync(AfterTheLease, a, b);
        await PassAsync(TimeSpan.FromHours(-1));

        Assert.True((await Table.RenewAsync(a, Stop)).IsMember);
        Assert.InRange((await EntryAsync(b)).LeaseLeft, TimeSpan.Zero, Options.Lease + TimeSpan.FromSeconds(2));

        await RenewWhilePassingAsync(AfterTheLease, a);
        Assert.True(await Table.EvictAsync(b, a, Stop));
    }

    [Fact]
    public async Task Clock_JumpsBackwards_SuspicionsOfTheFutureDoNotCount()
    {
        var (a, b, c) = (await ActiveAsync("a"), await ActiveAsync("b"), await ActiveAsync("c"));
        await SayAsync(c, a, b);
        await PassAsync(Soon);
        await SayAsync(c, a, b);
        await PassAsync(TimeSpan.FromHours(-1));
        await RenewAsync(a, b, c);

        Assert.Equal(Doubt.None, await DoubtAsync(c));
        await SayAsync(c, a);
        await PassAsync(Soon);
        Assert.True(await Table.EvictAsync(c, a, Stop));
    }
}
