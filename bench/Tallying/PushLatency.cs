using System.Diagnostics;
using Actors.Bench.Support;

namespace Actors.Bench.Tallying;

/// <summary>
/// From a scan on one page to its answer, and to its push on each of 50, beside a bare hub of the framework that
/// answers at once and broadcasts.
/// </summary>
public static class PushLatency
{
    private const int PageCount = 50;
    private const int CertificateCount = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Scans a second, and by how many of the pages: one page scans again and again, then each a little.</summary>
    private static readonly (int PerSecond, int Scanning, int Seconds)[] Loads = [(10, 1, 5), (100, 50, 5), (1_000, 50, 10), (1_000, 50, 10)];

    /// <summary>What a server that has just started does until its code is compiled is told apart.</summary>
    private static readonly (int PerSecond, int Scanning, int Seconds) WarmUp = (1_000, 50, 6);

    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is [BareServer.Argument, var address])
        {
            await BareServer.ServeAsync(address);
            return;
        }

        Console.WriteLine($"{"scans/s by pages",-26} {"answer, ms: p50",15} {"p99",8} {"push, ms: p50",14} {"p99",8} {"events pushed",14} {"messages",9} {"bytes/event",11} {"server, cores",14} {"client",7}");
        await MeasureBareAsync();
        await using var door = await DoorFixture.StartAsync(PageCount);
        var certificates = await door.CreateCertificatesAsync(CertificateCount);
        using var server = Process.GetProcessById(door.Api.Id);
        await MeasureAsync("warm-up: ", door.Api.BaseAddress, server, door.Readers, WarmUp, () => certificates[Random.Shared.Next(CertificateCount)]);
        foreach (var load in Loads)
        {
            await MeasureAsync("", door.Api.BaseAddress, server, door.Readers, load, () => certificates[Random.Shared.Next(CertificateCount)]);
        }
    }

    private static async Task MeasureBareAsync()
    {
        await using var bare = await BareServer.StartAsync();
        var readers = Enumerable.Range(0, PageCount).Select(_ => Guid.NewGuid().ToString()).ToArray();
        foreach (var load in Loads.Prepend(WarmUp))
        {
            await MeasureAsync("bare: ", bare.Address, bare.Process, readers, load, () => Guid.NewGuid());
        }
    }

    private static async Task MeasureAsync(
        string what, Uri address, Process server, string[] readers, (int PerSecond, int Scanning, int Seconds) load, Func<object> certificate)
    {
        var run = new ScanRun(load.PerSecond * load.Seconds, load.PerSecond);
        var pages = await Task.WhenAll(readers.Select(reader => ScanPage.ConnectAsync(address, reader, run)));
        await SettleAsync(pages, 1, TimeSpan.FromMilliseconds(500));
        var (serverBefore, clientBefore) = (Processor(server), Environment.CpuUsage.TotalTime);
        await run.SendAsync(number => pages[number % load.Scanning].ScanAsync(number, certificate()));
        await SettleAsync(pages, run.Count * pages.Length, Patience);
        var (serverAfter, clientAfter) = (Processor(server), Environment.CpuUsage.TotalTime);

        var (answers, pushes) = (Samples.Of(pages.SelectMany(page => page.Answers)), Samples.Of(pages.SelectMany(page => page.Pushes)));
        Console.WriteLine(
            $"{$"{what}{load.PerSecond} by {load.Scanning}",-26} {answers.Percentile(0.5),15:0.0} {answers.Percentile(0.99),8:0.0} "
            + $"{pushes.Percentile(0.5),14:0.0} {pushes.Percentile(0.99),8:0.0} {(double)pushes.Count / run.Count / pages.Length,14:P1} "
            + $"{pages.Sum(page => page.Messages),9} {(double)pages.Sum(page => page.Bytes) / Math.Max(1, pushes.Count),11:0} "
            + $"{(serverAfter - serverBefore) / TimeSpan.FromSeconds(load.Seconds),14:0.00} {(clientAfter - clientBefore) / TimeSpan.FromSeconds(load.Seconds),7:0.00}");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }

    /// <summary>Waits for so many pushes, until the time is over.</summary>
    private static async Task SettleAsync(ScanPage[] pages, int pushes, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (pages.Sum(page => page.Pushes.Count) < pushes && Stopwatch.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static TimeSpan Processor(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }
}
