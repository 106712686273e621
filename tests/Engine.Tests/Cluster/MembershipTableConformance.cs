using Actors.Engine.Cluster;

namespace Actors.Engine.Tests.Cluster;

/// <summary>What every table of members keeps. Time passes when a test says so; what really passes is little against these leases.</summary>
public abstract partial class MembershipTableConformance : IAsyncLifetime
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
