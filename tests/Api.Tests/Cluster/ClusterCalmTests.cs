using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>What other callers must not notice at all.</summary>
[Collection(CalmCollection.Name)]
public sealed class ClusterCalmTests(FaultFixture fixture)
{
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(6);

    private ProcessCluster Cluster => fixture.Cluster;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Api_ReachesTheDatabaseButNoSilo_EvictsNobodyAndRefusesInTime(bool isRefused)
    {
        await using var run = await FaultRun.StartAsync(Cluster);
        var members = await Cluster.MembersAsync(run.Cancel);
        var (lonely, other) = (Cluster.Apis[1].Process, Cluster.Apis[0].Process);

        foreach (var silo in Cluster.Silos)
        {
            (isRefused ? (Action<int[]>)silo.Network.Refuse : silo.Network.Cut)([lonely.Id]);
        }

        using var client = lonely.CreateClient();
        var lasts = run.LastAsync(LongerThanALease);
        using var answer = await client.GetAsync(new Uri("/api/campaigns/nobody", UriKind.Relative), run.Cancel);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        await lasts;
        await run.ServesAsync(other);
        Assert.Equal(members.Select(member => member.Epoch), (await Cluster.MembersAsync(run.Cancel)).Select(member => member.Epoch));
        foreach (var silo in Cluster.Silos)
        {
            silo.Network.Heal();
        }

        await run.IsOvercomeAsync();
    }

    [Fact]
    public async Task Silos_RestartedOneAfterTheOther_NoCallFails()
    {
        await using var run = await FaultRun.StartAsync(Cluster);

        foreach (var silo in Cluster.Silos)
        {
            await silo.Process.LeaveAsync();
            await silo.StartAsync(run.Cancel);
            await run.ServesAsync();
        }

        await run.IsOvercomeAsync();
        Assert.Equal((0, 0, 0), (run.History.Refused, run.History.Unreached, run.History.Unconfirmed));
    }
}
