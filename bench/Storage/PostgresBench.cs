using System.Collections.Concurrent;
using Actors.Silo.Storage.Postgres;
using Actors.TestKit.Postgres;

namespace Actors.Bench.Storage;

/// <summary>Durable writes per second on a PostgreSQL of its own, grouped, beside one transaction per write.</summary>
internal static class PostgresBench
{
    private const int Grains = 10_000;
    private const int Bytes = 200;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("SECONDS"), out var seconds) ? seconds : 4);

    public static async Task RunAsync()
    {
        await using var server = await PostgresServer.StartAsync();
        Console.WriteLine();
        Console.WriteLine($"## PostgreSQL, {Grains:N0} grains of {Bytes} bytes: acknowledged updates/s (fsync on, everything on this machine)");
        Console.WriteLine($"| writers | one transaction per write, {PlainWrites.Connections} prepared connections | grouped | times | mean batch | largest batch | inserts, grouped |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var callers in new[] { 64, 512 })
        {
            var plain = await PlainWrites.RunAsync(await server.CreateDatabaseAsync(), callers, Grains, Bytes, s_duration);
            var (grouped, inserts, mean, largest) = await GroupedAsync(await server.CreateDatabaseAsync(), callers);
            Console.WriteLine($"| {callers} | {plain:N0} | {grouped:N0} | {grouped / plain:0.0} | {mean:0.0} | {largest} | {inserts:N0} |");
        }

        Console.WriteLine();
        Console.WriteLine("## PostgreSQL: one grain, each write after the answer to the one before; the log, 50 readers of one campaign");
        await using var database = PostgresDatabase.Open(new PostgresOptions { ConnectionString = await server.CreateDatabaseAsync() });
        var one = new StateLoad(new PostgresStateStore(database), bytes: Bytes);
        await one.FillAsync(1);
        Console.WriteLine($"one grain: {await Load.RunAsync(1, s_duration, _ => one.UpdateAsync()):N0} writes/s");
        foreach (var (callers, rows) in new[] { (50, 1), (50, 20) })
        {
            var load = new LogLoad(new PostgresTallyLog(database, TimeProvider.System), callers, rows);
            var appends = rows * await Load.RunAsync(callers, s_duration, load.AppendAsync);
            var both = rows * await Load.RunAsync(callers, s_duration, load.AppendAndDecideAsync);
            Console.WriteLine($"log, {rows} rows a call: {appends:N0} events/s appended, {both:N0} appended and decided");
        }

        var state = new StateLoad(new PostgresStateStore(database), bytes: Bytes);
        await Load.RunCountAsync(512, Grains, _ => state.InsertAsync());
        var reads = await Load.RunCountAsync(512, Grains, _ => state.ReadAsync());
        Console.WriteLine($"first touch of {Grains:N0} stored grains: {reads.Elapsed.TotalSeconds:0.00} s of reading");
    }

    private static async Task<(double Updates, double Inserts, double Mean, int Largest)> GroupedAsync(string connectionString, int callers)
    {
        var batches = new ConcurrentBag<int>();
        var counting = false;
        var options = new PostgresOptions { ConnectionString = connectionString };
        options = options with
        {
            Writers = Number("WRITERS", options.Writers),
            BatchRows = Number("BATCH_ROWS", options.BatchRows),
            BeforeBatch = rows =>
            {
                if (counting)
                {
                    batches.Add(rows);
                }

                return Task.CompletedTask;
            },
        };
        await using var database = PostgresDatabase.Open(options);
        var load = new StateLoad(new PostgresStateStore(database), bytes: Bytes);
        var filled = await Load.RunCountAsync(callers, Grains, _ => load.InsertAsync());
        load.Shuffle();
        await Load.RunAsync(callers, TimeSpan.FromSeconds(1), _ => load.UpdateAsync());
        counting = true;
        var updates = await Load.RunAsync(callers, s_duration, _ => load.UpdateAsync());
        return (updates, Grains / filled.Elapsed.TotalSeconds, batches.Average(), batches.Max());
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
