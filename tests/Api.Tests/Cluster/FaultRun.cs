using Actors.TestKit.Histories;
using Actors.TestKit.Loads;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>Work that goes on while something breaks, and what must hold afterwards whatever it was.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const int Doors = 6;
    private const int Scans = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static int s_runs;

    private readonly CancellationTokenSource _bound;
    private readonly ProcessCluster _cluster;
    private readonly Venue _venue;

    private FaultRun(ProcessCluster cluster, Venue venue, CancellationTokenSource bound)
    {
        (_cluster, _venue, _bound) = (cluster, venue, bound);
        Load = ScanLoad.Start(venue, [.. cluster.Apis.Select(api => api.Process)], new ScanHistory());
    }

    /// <summary>The doors at work.</summary>
    public ScanLoad Load { get; }

    /// <summary>What they saw.</summary>
    public ScanHistory History => Load.History;

    /// <summary>Ends every wait of the run, lest a fault that is never overcome hangs the tests.</summary>
    public CancellationToken Cancel => _bound.Token;

    /// <summary>Opens the doors; every one of them has been served when this returns.</summary>
    public static async Task<FaultRun> StartAsync(ProcessCluster cluster)
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        var venue = await Venue.OpenAsync(cluster.Apis[0].Process, $"door-{Interlocked.Increment(ref s_runs)}", Doors, bound.Token);
        var run = new FaultRun(cluster, venue, bound);
        await run.ServesAsync();
        return run;
    }

    /// <summary>Ends when every door was served again.</summary>
    /// <param name="by">Only those that ask this server.</param>
    public Task ServesAsync(ApiProcess? by = null) => Load.UntilServedAsync(Scans, Cancel, by);

    /// <summary>The length of a fault; nothing is taken to have happened when it is over.</summary>
    public Task LastAsync(TimeSpan fault) => Task.Delay(fault, TimeProvider.System, Cancel);

    /// <summary>
    /// The fault is over: the cluster is whole by itself, all doors are served, nothing that was acknowledged is lost, no
    /// certificate was first twice, and every call had an answer or a clear refusal in time.
    /// </summary>
    public async Task IsOvercomeAsync()
    {
        await _cluster.UntilWholeAsync(Cancel);
        await ServesAsync();
        await Load.StopAsync(Cancel);
        Assert.Empty(History.Check(await StoredLog.ReadAsync(_cluster.Database, _venue.Campaign, Cancel)));
        Assert.Contains(History.Answers, answer => answer is { IsOnline: true, Outcome: AnsweredScan.First });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{History.Calls} calls, {History.Refused} refused, {History.Unreached} unreached, {History.Unconfirmed} unconfirmed, {History.Answers.Count} answers, the longest took {History.LongestCall.TotalSeconds:0.0} s");
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        _bound.Dispose();
    }
}
