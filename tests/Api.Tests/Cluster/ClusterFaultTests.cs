using System.Globalization;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>What breaks on machines and networks, under load on the built programs: every fault is overcome without help.</summary>
[Collection(FaultFixture.Name)]
public sealed class ClusterFaultTests(FaultFixture fixture)
{
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private ProcessCluster Cluster => fixture.Cluster;

    private ClusterSilo Silo => Cluster.Silos[0];

    [Fact]
    public async Task Silo_FrozenForLongerThanItsLease_IsReplacedAndJoinsAgain()
    {
        await using var run = await FaultRun.StartAsync(Cluster);

        await Silo.Process.FreezeAsync();
        await OutAsync(run);
        await run.ServesAsync();
        await run.LastAsync(LongerThanALease);
        await Silo.Process.ThawAsync();

        await run.IsOvercomeAsync();
    }

    [Fact]
    public async Task Silo_Killed_IsReplacedAndComesBackUnderItsName()
    {
        await using var run = await FaultRun.StartAsync(Cluster);

        await Silo.Process.KillAsync();
        await OutAsync(run);
        await run.ServesAsync();
        await Silo.StartAsync(run.Cancel);

        await run.IsOvercomeAsync();
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task Database_StoppedAndRestarted_AllParkAndResume(string mode)
    {
        await using var run = await FaultRun.StartAsync(Cluster);
        var parked = Cluster.Silos.Select(silo => silo.Process.PrintsAsync(" is parked")).ToList();

        await Cluster.Server.StopAsync(mode);
        await Task.WhenAll(parked).WaitAsync(run.Cancel);
        await run.LastAsync(mode == "fast" ? Outage : TimeSpan.Zero);
        await Cluster.Server.StartAgainAsync();

        await run.IsOvercomeAsync();
        Assert.NotEqual(0, run.History.Refused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silo_CutOffFromTheOthersButNotFromTheDatabase_IsOutvoted(bool fromServersToo)
    {
        await using var run = await FaultRun.StartAsync(Cluster);
        var others = Cluster.Silos.Skip(1).Select(silo => silo.Process.Id)
            .Concat(fromServersToo ? Cluster.Apis.Select(api => api.Process.Id) : []).ToArray();

        Silo.Network.Cut(others);
        foreach (var other in Cluster.Silos.Skip(1))
        {
            other.Network.Cut(Silo.Process.Id);
        }

        await OutAsync(run);
        await run.ServesAsync();
        foreach (var silo in Cluster.Silos)
        {
            silo.Network.Heal();
        }

        await run.IsOvercomeAsync();
    }

    [Fact]
    public async Task Silo_CutOffFromTheDatabaseButNotFromTheOthers_ParksAndIsReplaced()
    {
        await using var run = await FaultRun.StartAsync(Cluster);
        var parked = Silo.Process.PrintsAsync(" is parked");

        Silo.Database.Cut();
        await parked.WaitAsync(run.Cancel);
        await OutAsync(run);
        await run.ServesAsync();
        Silo.Database.Heal();

        await run.IsOvercomeAsync();
    }

    [Theory]
    [InlineData("1 hour")]
    [InlineData("-1 hour")]
    public async Task Clock_OfTheDatabaseJumpsAndGoesBack_IsSurvived(string jump)
    {
        await using var run = await FaultRun.StartAsync(Cluster);

        await ShiftAsync(jump);
        await run.ServesAsync();
        await Cluster.UntilWholeAsync(run.Cancel);
        await ShiftAsync("0");

        await run.IsOvercomeAsync();
    }

    private async Task ShiftAsync(string shift) =>
        await Cluster.Server.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE cluster_clock SET shift = '{shift}'"), "actors");

    private Task OutAsync(FaultRun run) =>
        Cluster.UntilMembersAsync(members => !members.Any(member => member.Id == Silo.Name && member.State == "active"), "the silo is out", run.Cancel);
}
