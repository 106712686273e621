using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Storage;
using Actors.TestKit.Postgres;
using Npgsql;

namespace Actors.Bench.Cluster;

/// <summary>
/// Durable writes through grains, from a client process to one silo and to two, in turns with one transaction per write
/// from this process; then the first touch of as many stored grains after the silos were started again.
/// </summary>
internal static class ClusterWrites
{
    private const int Grains = 10_000;
    private const int DefaultRounds = 5;
    private static readonly int[] Callers = [64, 512];
    private static readonly int[] Silos = [1, 2];
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    /// <param name="arguments">The number of rounds; <c>writes</c> or <c>touch</c> for one half alone.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var rounds = arguments.Select(argument => int.TryParse(argument, CultureInfo.InvariantCulture, out var number) ? number : 0).Append(DefaultRounds).First(number => number > 0);
        await using var server = await PostgresServer.StartAsync("-c track_wal_io_timing=on");
        if (!arguments.Contains("touch"))
        {
            await WritesAsync(server, rounds);
        }

        if (!arguments.Contains("writes"))
        {
            foreach (var silos in Silos)
            {
                await TouchesAsync(await server.CreateDatabaseAsync(), silos, rounds);
            }
        }
    }

    // The disk and the other work of a machine change by the minute: what is compared takes turns.
    private static async Task WritesAsync(PostgresServer server, int rounds)
    {
        var plain = await server.CreateDatabaseAsync();
        var grouped = new List<NoteCluster>();
        foreach (var silos in Silos)
        {
            grouped.Add(await NoteCluster.StartAsync(await server.CreateDatabaseAsync(), silos, Grains, firstPort: 21700 + (10 * silos)));
            await grouped[^1].WriteAllAsync(Callers[^1]);
        }

        await using (var baseline = await PlainWrites.PrepareAsync(plain, Grains, NoteState.Bytes))
        {
            foreach (var callers in Callers)
            {
                List<WriteFigures>[] rows = [[], .. grouped.Select(_ => new List<WriteFigures>())];
                for (var round = -1; round < rounds; round++)
                {
                    WriteFigures[] figures = [await MeasureAsync(plain, [], () => baseline.RunAsync(callers, Window)), .. await InTurnsAsync(grouped, callers)];
                    for (var i = 0; round >= 0 && i < figures.Length; i++)
                    {
                        rows[i].Add(figures[i]);
                    }
                }

                WriteFigures.Print($"{callers} callers, one transaction per write", rows[0], rows[0]);
                for (var i = 0; i < grouped.Count; i++)
                {
                    WriteFigures.Print($"{callers} callers, {grouped[i].Name}", rows[i + 1], rows[0]);
                }
            }

            foreach (var cluster in grouped)
            {
                Console.WriteLine($"{cluster.Name}, one grain: {await cluster.WriteOneAsync(1, Window):N0} writes/s by one caller, {await cluster.WriteOneAsync(Callers[0], Window):N0} by {Callers[0]}");
                await cluster.DisposeAsync();
            }
        }
    }

    private static async Task<List<WriteFigures>> InTurnsAsync(List<NoteCluster> clusters, int callers)
    {
        var figures = new List<WriteFigures>();
        foreach (var cluster in clusters)
        {
            figures.Add(await MeasureAsync(cluster.Database, cluster.Silos, () => cluster.WriteAsync(callers, Window)));
        }

        return figures;
    }

    private static async Task<WriteFigures> MeasureAsync(string database, IReadOnlyList<BenchProcess> silos, Func<Task<double>> load)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        var before = await ReadAsync();
        var started = Stopwatch.GetTimestamp();
        var rate = await load();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = await ReadAsync();
        return new WriteFigures(rate, seconds, after.Client - before.Client, after.Silos - before.Silos, after.Server - before.Server);

        async Task<(RuntimeUsage Client, RuntimeUsage Silos, DatabaseUsage Server)> ReadAsync() =>
            (RuntimeUsage.Now, await NoteCluster.UsageAsync(silos), await DatabaseUsage.OfAsync(connection));
    }

    private static async Task TouchesAsync(string database, int silos, int rounds)
    {
        await using (var first = await NoteCluster.StartAsync(database, silos, Grains, firstPort: 21700))
        {
            await first.WriteAllAsync(Callers[^1]);
        }

        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await using var cluster = await NoteCluster.StartAsync(database, silos, Grains, firstPort: 21700);
            await using var connection = new NpgsqlConnection(database + ";Pooling=false");
            await connection.OpenAsync();
            var (client, used, server) = (RuntimeUsage.Now, await NoteCluster.UsageAsync(cluster.Silos), await DatabaseUsage.OfAsync(connection));
            var started = Stopwatch.GetTimestamp();
            await cluster.ReadAllAsync(Callers[^1]);
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            var after = await NoteCluster.UsageAsync(cluster.Silos);
            Console.WriteLine($"{cluster.Name}, first touch of {Grains:N0} stored grains by {Callers[^1]} callers, the silos just started: {times[^1]:0.00} s");
            Console.WriteLine($"  silos   {after - used}");
            Console.WriteLine($"  client  {RuntimeUsage.Now - client}");
            var served = await DatabaseUsage.OfAsync(connection) - server;
            Console.WriteLine($"  server  {served.Processor:0.00} s of processor; idle {served.Idle:0.00} s");
        }

        Console.WriteLine($"{silos} silo(s), first touch, median of {rounds}: {times.Order().ElementAt(rounds / 2):0.00} s");
    }
}
