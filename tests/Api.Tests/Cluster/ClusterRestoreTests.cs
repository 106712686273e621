using Actors.TestKit.Loads;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>A backup that is restored behind running programs: they must not go on with what they remember.</summary>
public sealed class ClusterRestoreTests
{
    private const string Refusal = "The database was replaced behind this process";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Database_RestoredBehindASilo_EndsItAndIsServedByANewOne()
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        await using var cluster = await ProcessCluster.StartAsync(silos: 1, apis: 1, bound.Token);
        await cluster.Server.StopAsync();
        await cluster.Server.BackUpAsync();
        await cluster.Server.StartAgainAsync();
        await cluster.UntilWholeAsync(bound.Token);
        await Venue.OpenAsync(cluster.Apis[0].Process, "lost", 1, bound.Token);
        var renewals = (await cluster.MembersAsync(bound.Token))[0].Renewals;
        await cluster.UntilMembersAsync(members => members[0].Renewals > renewals + 1, "the silo has renewed since", bound.Token);

        await cluster.Server.StopAsync();
        await cluster.Server.RestoreAsync();
        await cluster.Server.StartAgainAsync();

        await cluster.Silos[0].Process.EndsAsync(bound.Token);
        Assert.Contains(Refusal, cluster.Silos[0].Process.Output, StringComparison.Ordinal);
        await cluster.Apis[0].Process.KillAsync();
        await cluster.Silos[0].StartAsync(bound.Token);
        await cluster.Apis[0].StartAsync(bound.Token);
        await cluster.UntilWholeAsync(bound.Token);
        await Venue.OpenAsync(cluster.Apis[0].Process, "kept", 1, bound.Token);
    }
}
