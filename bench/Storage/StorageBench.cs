using System.Diagnostics;

namespace Actors.Bench.Storage;

/// <summary>Rows per second that the embedded database acknowledges, and how that changes as it grows.</summary>
public static class StorageBench
{
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(2);
    private static readonly int[] s_sizes = [1_000, 10_000, 100_000, 300_000, 1_000_000];

    public static async Task RunAsync(string[] args)
    {
        var part = args is [var name, ..] ? name : "all";
        if (part is "--postgres")
        {
            await PostgresBench.RunAsync();
            return;
        }

        if (part is "all" or "state")
        {
            await StateAsync();
        }

        if (part is "all" or "log")
        {
            await LogAsync();
        }

        if (part is "all" or "growth")
        {
            await GrowthAsync(args is [_, var rows, ..] ? int.Parse(rows) : 1_000_000);
        }
    }

    private static async Task StateAsync()
    {
        Console.WriteLine();
        Console.WriteLine("## State, 300 bytes a row: acknowledged rows/s (one transaction a row, then what waits in one)");
        Console.WriteLine("| callers | inserts, one each | inserts, grouped | updates, grouped | updates of 50 hot rows | reads |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var callers in new[] { 1, 16, 64, 256, 1024, 4096 })
        {
            double single;
            using (var alone = new BenchDatabase(batchRows: 1))
            {
                var each = new StateLoad(alone.State);
                single = await Load.RunAsync(callers, s_duration, _ => each.InsertAsync());
            }

            using var storage = new BenchDatabase();
            var load = new StateLoad(storage.State);
            var inserts = await Load.RunAsync(callers, s_duration, _ => load.InsertAsync());
            load.Shuffle();
            var updates = await Load.RunAsync(callers, s_duration, _ => load.UpdateAsync());
            var hot = new StateLoad(storage.State, "hot");
            await hot.FillAsync(Math.Max(50, callers));
            var hotUpdates = await Load.RunAsync(callers, s_duration, _ => hot.UpdateAsync());
            var reads = await Load.RunAsync(Math.Min(callers, 64), s_duration, _ => load.ReadAsync());
            Console.WriteLine($"| {callers} | {single:N0} | {inserts:N0} | {updates:N0} | {hotUpdates:N0} | {reads:N0} |");
        }
    }

    private static async Task LogAsync()
    {
        Console.WriteLine();
        Console.WriteLine("## Log, 50 readers of one campaign: acknowledged events/s");
        Console.WriteLine("| callers | rows a call | appended | appended and decided |");
        Console.WriteLine("|---:|---:|---:|---:|");
        foreach (var (callers, rows) in new[] { (1, 1), (50, 1), (50, 10), (50, 100), (1024, 1), (4096, 1) })
        {
            using var storage = new BenchDatabase();
            var load = new LogLoad(storage.Log, callers, rows);
            var appends = rows * await Load.RunAsync(callers, s_duration, load.AppendAsync);
            var both = rows * await Load.RunAsync(callers, s_duration, load.AppendAndDecideAsync);
            Console.WriteLine($"| {callers} | {rows} | {appends:N0} | {both:N0} |");
        }
    }

    private static async Task GrowthAsync(int growTo)
    {
        Console.WriteLine();
        Console.WriteLine("## Growth: microseconds a row (and of processor time) until so many are stored; state by 1,000 callers, events by 50 readers in batches of 20");
        Console.WriteLine("| rows stored | state insert | state update | append + decide | page of 1,000 events, ms | file, MiB |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        using var storage = new BenchDatabase();
        var state = new StateLoad(storage.State);
        var log = new LogLoad(storage.Log, readers: 50, rows: 20);
        var stored = 0;
        foreach (var target in s_sizes.TakeWhile(target => target <= growTo))
        {
            var count = target - stored;
            var inserts = await Load.RunCountAsync(1_000, count, _ => state.InsertAsync());
            state.Shuffle();
            var updates = await Load.RunCountAsync(1_000, count, _ => state.UpdateAsync());
            var appends = await Load.RunCountAsync(50, count / 20, log.AppendAndDecideAsync);
            stored = target;
            var started = Stopwatch.GetTimestamp();
            var page = await storage.Log.ReadAsync(LogLoad.Campaign, after: 0, limit: 1_000, CancellationToken.None);
            var read = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            Trace.Assert(page.Events.Length > 0);
            Console.WriteLine(
                $"| {target:N0} | {Per(inserts, count)} | {Per(updates, count)} | {Per(appends, count)} | {read:0.0} | {storage.FileBytes / 1048576.0:0} |");
        }
    }

    private static string Per((TimeSpan Elapsed, TimeSpan Processor) time, int count) =>
        $"{time.Elapsed.TotalMicroseconds / count:0.0} ({time.Processor.TotalMicroseconds / count:0.0})";
}
