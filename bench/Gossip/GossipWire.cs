using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Support;
using Actors.Bench.Tallying;
using Actors.TestKit.Processes;

namespace Actors.Bench.Gossip;

/// <summary>What gossip costs on the wire and at rest: two silos and a server, whose connections go through relays that count.</summary>
public static class GossipWire
{
    private const int Idle = 1_000;
    private const int Scanning = 200;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Resting = TimeSpan.FromSeconds(30);
    private static readonly (int PerSecond, int Seconds)[] Loads = [(50, 8), (50, 10), (200, 10)];

    public static async Task RunAsync()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 2, apis: 1, CancellationToken.None);
        var api = cluster.Apis[0].Process;
        using var client = api.CreateClient();
        Console.WriteLine("| | silos, processor s/min | server | bytes/s between the silos |");
        Console.WriteLine("|---|---:|---:|---:|");
        await RestAsync(cluster, "no readers");
        var (readers, certificates) = await GossipBench.PrepareAsync(client, Idle);
        var nothing = new ScanRun(1, 1);
        var pages = await Task.WhenAll(readers.Select(reader => ScanPage.ConnectAsync(api.BaseAddress, reader, nothing)));
        await Task.Delay(Settling, TimeProvider.System);
        var (_, atRest) = await RestAsync(cluster, $"{Idle:N0} connected pages, no scans");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }

        Console.WriteLine();
        Console.WriteLine("| scans/s | bytes between the silos per event, without those at rest | per reader of 200 | pushed to each page per event |");
        Console.WriteLine("|---:|---:|---:|---:|");
        var next = 0;
        foreach (var load in Loads)
        {
            await LoadAsync(cluster, readers[..Scanning], load, atRest, () => certificates[next++ % certificates.Length]);
        }
    }

    private static async Task<(double Processor, double BytesPerSecond)> RestAsync(ProcessCluster cluster, string what)
    {
        var (silos, server, bytes, started) = (Silos(cluster), Server(cluster), Between(cluster), Stopwatch.GetTimestamp());
        await Task.Delay(Resting, TimeProvider.System);
        var minutes = Stopwatch.GetElapsedTime(started).TotalMinutes;
        var perMinute = (Silos(cluster) - silos).TotalSeconds / minutes;
        var perSecond = (Between(cluster) - bytes) / minutes / 60;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {what} | {perMinute:0.0} | {(Server(cluster) - server).TotalSeconds / minutes:0.0} | {perSecond:0} |"));
        return (perMinute, perSecond);
    }

    private static async Task LoadAsync(ProcessCluster cluster, string[] readers, (int PerSecond, int Seconds) load, double atRest, Func<Guid> certificate)
    {
        var run = new ScanRun(load.PerSecond * load.Seconds, load.PerSecond);
        var times = new ArrivalTimes(run.Count, readers.Length);
        var pages = await Task.WhenAll(readers.Select((reader, i) => ScanPage.ConnectAsync(
            cluster.Apis[0].Process.BaseAddress, reader, run, (scan, now) => times.Acknowledge(scan, now), (scan, now) => times.Arrive(scan, i, now))));
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var (bytes, started) = (Between(cluster), Stopwatch.GetTimestamp());
        await run.SendAsync(number => pages[number % pages.Length].ScanAsync(number, certificate()));
        await times.SettleAsync(TimeSpan.FromSeconds(20));
        var perEvent = (Between(cluster) - bytes - atRest * Stopwatch.GetElapsedTime(started).TotalSeconds) / run.Count;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {load.PerSecond} | {perEvent:0} | {perEvent / readers.Length:0.0} | {(double)pages.Sum(page => page.Bytes) / run.Count / pages.Length:0} |"));
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }

    /// <summary>All bytes of the connections between the two, in both directions; certificates' and counters' calls are among them.</summary>
    private static long Between(ProcessCluster cluster) =>
        cluster.Silos.Sum(silo => cluster.Silos.Where(other => other != silo).Sum(other => silo.Network.PassedFor(other.Process.Id)));

    private static TimeSpan Silos(ProcessCluster cluster) =>
        cluster.Silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + ProcessUsage.Of(silo.Process.Id).Processor);

    private static TimeSpan Server(ProcessCluster cluster) => ProcessUsage.Of(cluster.Apis[0].Process.Id).Processor;
}
