using System.Diagnostics;
using Actors.Bench.Storage;
using Actors.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Actors.Bench.Cluster;

/// <summary>
/// Durable writes through grains, from a client process to one silo and to two, beside one transaction per write from this
/// process; then the first touch of as many stored grains after the silos were started again.
/// </summary>
internal static class ClusterWrites
{
    private const int Grains = 10_000;
    private const int Rounds = 3;
    private static readonly int[] Callers = [64, 512];
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);

    public static async Task RunAsync()
    {
        await using var server = await PostgresServer.StartAsync();
        foreach (var callers in Callers)
        {
            Print($"one transaction per write (baseline), {callers} callers", await PlainWrites.RunAsync(await server.CreateDatabaseAsync(), callers, Grains, NoteState.Bytes, Window));
        }

        foreach (var silos in (int[])[1, 2])
        {
            await GrainsAsync(await server.CreateDatabaseAsync(), silos);
        }
    }

    private static async Task GrainsAsync(string database, int silos)
    {
        var name = $"{silos} silo{(silos == 1 ? "" : "s")}";
        await RunAsync(database, silos, async grains =>
        {
            var notes = Notes(grains);
            var next = -1;
            await Load.RunCountAsync(Callers[^1], Grains, _ => WriteNextAsync());
            foreach (var callers in Callers)
            {
                await Load.RunAsync(callers, Window, _ => WriteNextAsync());
                var rates = new List<double>();
                for (var round = 0; round < Rounds; round++)
                {
                    rates.Add(await Load.RunAsync(callers, Window, _ => WriteNextAsync()));
                }

                Print($"{name}, {Grains:N0} grains, {callers} callers", rates.Order().ElementAt(Rounds / 2));
            }

            Print($"{name}, one grain, one caller", await Load.RunAsync(1, Window, _ => notes[0].WriteAsync()));
            Print($"{name}, one grain, 64 callers", await Load.RunAsync(64, Window, _ => notes[0].WriteAsync()));

            Task<long> WriteNextAsync() => notes[(uint)Interlocked.Increment(ref next) % Grains].WriteAsync();
        });
        await RunAsync(database, silos, async grains =>
        {
            var notes = Notes(grains);
            var next = -1;
            var started = Stopwatch.GetTimestamp();
            await Load.RunCountAsync(Callers[^1], Grains, _ => notes[Interlocked.Increment(ref next)].ReadAsync().AsTask());
            Console.WriteLine($"{name}, first touch of {Grains:N0} stored grains by {Callers[^1]} callers, the silos just started: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        });
    }

    private static async Task RunAsync(string database, int silos, Func<IGrainFactory, Task> body)
    {
        var processes = new List<BenchProcess>();
        for (var i = 0; i < silos; i++)
        {
            processes.Add(await BenchProcess.StartAsync(database, $"127.0.0.1:{21700 + i}"));
        }

        using var client = await BenchProcess.StartHostAsync(database, endpoint: null);
        await body(client.Services.GetRequiredService<IGrainFactory>());
        await client.StopAsync();
        foreach (var process in processes)
        {
            await process.LeaveAsync();
            process.Dispose();
        }
    }

    private static INoteGrain[] Notes(IGrainFactory grains) =>
        [.. Enumerable.Range(0, Grains).Select(i => grains.GetGrain<INoteGrain>($"note:{i}"))];

    private static void Print(string what, double rate) => Console.WriteLine($"{what,-60} {rate,9:N0} writes/s");
}
