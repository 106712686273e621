using Actors.Engine.Cluster;

namespace Actors.Engine.Tests.Cluster;

/// <summary>What every table of members keeps. Time passes when a test says so; what really passes is little against these leases.</summary>
public abstract class MembershipTableConformance : IAsyncLifetime
{
    protected static readonly MembershipOptions Options = new()
    {
        Lease = TimeSpan.FromMinutes(10),
        Renewal = TimeSpan.FromMinutes(2),
        Margin = TimeSpan.FromMinutes(1),
        RefutationTime = TimeSpan.FromMinutes(1),
    };

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan AfterTheLease = Options.Lease + TimeSpan.FromSeconds(10);

    private IMembershipTable Table { get; set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Table = await CreateAsync();

    public abstract ValueTask DisposeAsync();

    protected abstract Task<IMembershipTable> CreateAsync();

    /// <summary>Puts the clock of the table forwards, or backwards.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    /// <summary>Whether the fence lets this life write.</summary>
    protected abstract Task<bool> CanWriteAsync(ClusterMember member);

    [Fact]
    public async Task Join_First_IsAMemberThatHoldsNothingAndMayNotWrite()
    {
        var a = await Table.JoinAsync("a", "host:1", Stop);

        var snapshot = await Table.ReadAsync(Stop);
        Assert.Empty(snapshot.View.Members);
        var entry = Assert.Single(snapshot.Silos);
        Assert.Equal((a, SiloState.Joining, Doubt.None), (entry.Member, entry.State, entry.Doubt));
        Assert.InRange(entry.LeaseLeft, Options.Lease - Soon, Options.Lease);
        Assert.False(await CanWriteAsync(a));
    }

    [Fact]
    public async Task Activate_OfAJoinedSilo_ChangesTheViewAndLetsItWrite()
    {
        var a = await Table.JoinAsync("a", "host:1", Stop);
        var before = (await ViewAsync()).Version;

        Assert.True(await Table.ActivateAsync(a, Stop));

        var view = await ViewAsync();
        Assert.True(view.Version > before);
        Assert.Equal([a], view.Members);
        Assert.True(await CanWriteAsync(a));
    }

    [Fact]
    public async Task Activate_Again_ChangesNothing()
    {
        var a = await ActiveAsync("a");
        var before = (await ViewAsync()).Version;

        Assert.True(await Table.ActivateAsync(a, Stop));

        Assert.Equal(before, (await ViewAsync()).Version);
    }

    [Theory]
    [InlineData("a", "other:9")]
    [InlineData("z", "host-a:1")]
    public async Task Join_AtTheNameOrEndpointOfAnEarlierLife_KillsItInTheSameAct(string id, string endpoint)
    {
        var earlier = await ActiveAsync("a");
        var b = await ActiveAsync("b");
        var before = (await ViewAsync()).Version;

        var later = await Table.JoinAsync(id, endpoint, Stop);

        var view = await ViewAsync();
        Assert.True(view.Version > before);
        Assert.Equal([b], view.Members);
        Assert.False((await Table.RenewAsync(earlier, Stop)).IsMember);
        Assert.False(await CanWriteAsync(earlier));
        Assert.False(await Table.ActivateAsync(earlier, Stop));
        Assert.True((await Table.RenewAsync(later, Stop)).IsMember);
        Assert.NotEqual(earlier.Epoch, later.Epoch);
    }

    [Fact]
    public async Task Join_OfTenAtOnce_MakesOneView()
    {
        var joined = await Task.WhenAll(Enumerable.Range(0, 10).Select(async number =>
        {
            var member = await Table.JoinAsync($"s{number}", $"host:{number}", Stop);
            Assert.True(await Table.ActivateAsync(member, Stop));
            return member;
        }));

        var view = await ViewAsync();
        Assert.Equal(joined.OrderBy(member => member.Id, StringComparer.Ordinal), view.Members);
        Assert.All(await Task.WhenAll(joined.Select(member => Table.RenewAsync(member, Stop))), renewal => Assert.Equal(new Renewal(true, view.Version, false), renewal));
    }

    [Fact]
    public async Task Retire_OfAnActiveSilo_TakesItFromTheViewButLetsItWrite()
    {
        var a = await ActiveAsync("a");
        var before = (await ViewAsync()).Version;

        await Table.RetireAsync(a, Stop);

        var view = await ViewAsync();
        Assert.True(view.Version > before);
        Assert.Empty(view.Members);
        Assert.True(await CanWriteAsync(a));
        Assert.True((await Table.RenewAsync(a, Stop)).IsMember);

        await Table.LeaveAsync(a, Stop);

        Assert.False(await CanWriteAsync(a));
        Assert.False((await Table.RenewAsync(a, Stop)).IsMember);
        Assert.Empty((await Table.ReadAsync(Stop)).Silos);
    }

    [Fact]
    public async Task Leave_WithoutRetiring_ChangesTheView()
    {
        var a = await ActiveAsync("a");
        var before = (await ViewAsync()).Version;

        await Table.LeaveAsync(a, Stop);

        Assert.True((await ViewAsync()).Version > before);
        Assert.Empty((await ViewAsync()).Members);
    }

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

    [Fact]
    public async Task Listen_SomethingChanges_IsTold()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var told = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        var listening = Table.ListenAsync(() => told.Writer.TryWrite(true), end.Token);
        await told.Reader.ReadAsync(Stop);

        var a = await ActiveAsync("a");
        await told.Reader.ReadAsync(Stop);

        await Table.SuspectAsync(a, null, Stop);
        await told.Reader.ReadAsync(Stop);

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    private async Task<ClusterMember> ActiveAsync(string id)
    {
        var member = await Table.JoinAsync(id, $"host-{id}:1", Stop);
        Assert.True(await Table.ActivateAsync(member, Stop));
        return member;
    }

    private async Task SayAsync(ClusterMember suspect, params ClusterMember[] by)
    {
        foreach (var silo in by)
        {
            await Table.SuspectAsync(suspect, silo, Stop);
        }
    }

    private async Task RenewAsync(params ClusterMember[] members)
    {
        foreach (var member in members)
        {
            Assert.True((await Table.RenewAsync(member, Stop)).IsMember);
        }
    }

    private async Task RenewWhilePassingAsync(TimeSpan time, params ClusterMember[] members)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += time / 4)
        {
            await PassAsync(time / 4);
            await RenewAsync(members);
        }
    }

    private async Task<ClusterView> ViewAsync() => (await Table.ReadAsync(Stop)).View;

    private async Task<SiloEntry> EntryAsync(ClusterMember member) => Assert.Single((await Table.ReadAsync(Stop)).Silos, silo => silo.Member == member);

    private async Task<Doubt> DoubtAsync(ClusterMember member) => (await EntryAsync(member)).Doubt;
}
