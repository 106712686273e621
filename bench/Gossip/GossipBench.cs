using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.Bench.Support;
using Actors.Bench.Tallying;
using Actors.TestKit.Postgres;
using Actors.TestKit.Processes;
using Actors.TestKit.Relays;

namespace Actors.Bench.Gossip;

/// <summary>
/// 200 readers and 10,000 certificates on two silos: from the acknowledgement of a scan to its arrival on the other
/// pages, beside the way in which the readers of old learned, by asking every 10 s for all events since their cursor.
/// </summary>
public static class GossipBench
{
    private const int ReaderCount = 200;
    private const int CertificateCount = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromSeconds(10);

    /// <summary>Scans a second, and for how long; the first warms the programs up.</summary>
    private static readonly (int PerSecond, int Seconds)[] Loads = [(100, 10), (50, 10), (100, 10), (200, 15), (400, 15)];

    public static async Task RunAsync()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        var silos = new List<SiloProcess>();
        for (var i = 0; i < 2; i++)
        {
            silos.Add(await SiloProcess.StartAsync(database, CancellationToken.None, "--Cluster:Endpoint", $"127.0.0.1:{LoopbackPorts.Next()}"));
        }

        await using var api = await ApiProcess.StartAsync(CancellationToken.None, "--ConnectionStrings:Actors", database);
        using var client = api.CreateClient();
        var (readers, certificates) = await PrepareAsync(client, ReaderCount);
        Console.WriteLine($"{ReaderCount} pages, {CertificateCount:N0} certificates, 2 silos, 1 server, PostgreSQL, all on this machine. Times from the acknowledgement.");
        Console.WriteLine();
        Console.WriteLine("| scans/s asked | done/s | acknowledged p50, ms | p99 | one given page p50 | p99 | known by all p50 | p99 | events missing | silos, cores | server | pages |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var next = -1;
        foreach (var load in Loads)
        {
            await MeasureAsync(api, silos, readers, load, () => certificates[Interlocked.Increment(ref next) % certificates.Length]);
        }

        Console.WriteLine();
        await PollAsync(client, api.BaseAddress, silos, readers, 100, 25, () => certificates[Interlocked.Increment(ref next) % certificates.Length]);
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }
    }

    internal static async Task<(string[] Readers, Guid[] Certificates)> PrepareAsync(HttpClient client, int readerCount)
    {
        (await client.PutAsJsonAsync($"/api/campaigns/{DoorFixture.Campaign}", new { name = "Bench" })).EnsureSuccessStatusCode();
        var readers = Enumerable.Range(0, readerCount).Select(_ => Guid.NewGuid().ToString()).ToArray();
        foreach (var reader in readers)
        {
            (await client.PostAsJsonAsync($"/qrcode/{DoorFixture.Campaign}/save-reader/{reader}", new { name = "Door", tally = true })).EnsureSuccessStatusCode();
        }

        var certificates = Enumerable.Range(0, CertificateCount).Select(_ => Guid.NewGuid()).ToArray();
        using var saved = await client.PostAsJsonAsync(
            $"/api/campaigns/{DoorFixture.Campaign}/certificates", certificates.Select(uuid => new { uuid, data = new { name = "Ada" } }));
        saved.EnsureSuccessStatusCode();
        return (readers, certificates);
    }

    private static async Task MeasureAsync(ApiProcess api, List<SiloProcess> silos, string[] readers, (int PerSecond, int Seconds) load, Func<Guid> certificate)
    {
        var run = new ScanRun(load.PerSecond * load.Seconds, load.PerSecond);
        var times = new ArrivalTimes(run.Count, readers.Length);
        var pages = await Task.WhenAll(readers.Select((reader, i) => ScanPage.ConnectAsync(
            api.BaseAddress, reader, run, (scan, now) => times.Acknowledge(scan, now), (scan, now) => times.Arrive(scan, i, now))));
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var before = Processor(silos);
        var (apiBefore, clientBefore) = (ProcessUsage.Of(api.Id).Processor, Environment.CpuUsage.TotalTime);
        var started = Stopwatch.GetTimestamp();
        await run.SendAsync(number => pages[number % pages.Length].ScanAsync(number, certificate()));
        await times.SettleAsync(Patience);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (used, apiUsed, clientUsed) = ((Processor(silos) - before) / elapsed, (ProcessUsage.Of(api.Id).Processor - apiBefore) / elapsed, (Environment.CpuUsage.TotalTime - clientBefore) / elapsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {load.PerSecond} | {times.PerSecond:0} | {times.Describe(run)} | {times.Missing} | {used:0.00} | {apiUsed:0.00} | {clientUsed:0.00} |"));
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }

    /// <summary>The way of old: a post every 10 s per reader, which lists all since its cursor.</summary>
    private static async Task PollAsync(
        HttpClient client, Uri server, List<SiloProcess> silos, string[] readers, int perSecond, int seconds, Func<Guid> certificate)
    {
        var run = new ScanRun(perSecond * seconds, perSecond);
        var times = new ArrivalTimes(run.Count, readers.Length);
        var scanners = await Task.WhenAll(readers.Take(20).Select(
            reader => ScanPage.ConnectAsync(server, reader, run, (scan, now) => times.Acknowledge(scan, now))));
        using var stop = new CancellationTokenSource();
        var before = Processor(silos);
        var started = Stopwatch.GetTimestamp();
        var polling = Task.WhenAll(readers.Select((reader, i) => PollAsync(client, reader, i, run, times, stop.Token)));
        await run.SendAsync(number => scanners[number % scanners.Length].ScanAsync(number, certificate()));
        await times.SettleAsync(Patience);
        await stop.CancelAsync();
        var bytes = (await polling).Sum();
        var used = (Processor(silos) - before) / Stopwatch.GetElapsedTime(started);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {perSecond}, every reader asks every 10 s | {times.PerSecond:0} | {times.Describe(run)} | {times.Missing} | {used:0.00} | | |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Asking: {(double)bytes / run.Count / readers.Length:0} bytes per event and reader."));
        foreach (var page in scanners)
        {
            await page.DisposeAsync();
        }
    }

    private static async Task<long> PollAsync(HttpClient client, string reader, int index, ScanRun run, ArrivalTimes times, CancellationToken cancellationToken)
    {
        var (bytes, since) = (0L, (object)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        try
        {
            await Task.Delay(PollPeriod * Random.Shared.NextDouble(), TimeProvider.System, cancellationToken);
            using var timer = new PeriodicTimer(PollPeriod);
            do
            {
                var more = true;
                while (more)
                {
                    using var answer = await client.PostAsJsonAsync($"/pointage/?uuid={reader}", new { events = Array.Empty<object>(), since, limit = 1_000 }, cancellationToken);
                    var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                    bytes += body.Length;
                    var data = JsonDocument.Parse(body).RootElement.GetProperty("data");
                    foreach (var row in data.GetProperty("events").EnumerateArray())
                    {
                        times.TakeEvent(row.GetProperty("event").GetString()!, run, index);
                    }

                    since = data.GetProperty("timestamp").Clone();
                    more = data.GetProperty("more").GetBoolean();
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // enough
        }

        return bytes;
    }

    private static TimeSpan Processor(List<SiloProcess> silos) =>
        silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + ProcessUsage.Of(silo.Id).Processor);
}
