using Actors.Bench.Engine;
using Actors.TestKit.Clusters;
using Actors.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Actors.Bench.Cluster;

/// <summary>Calls from a client process to silo processes, beside calls within one process.</summary>
internal static class ClusterCalls
{
    private const int Targets = 10_000;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        await LocalAsync();
        await using var server = await PostgresServer.StartAsync();
        foreach (var silos in (int[])[1, 2])
        {
            var database = await server.CreateDatabaseAsync();
            var processes = new List<BenchProcess>();
            for (var i = 0; i < silos; i++)
            {
                processes.Add(await BenchProcess.StartAsync(database, $"127.0.0.1:{21500 + i}"));
            }

            using var client = await BenchProcess.StartHostAsync(database, endpoint: null);
            await ReportAsync($"client to {silos} silo process{(silos == 1 ? "" : "es")}", client.Services.GetRequiredService<IGrainFactory>(), callsAt64: 5_000);
            await client.StopAsync();
            processes.ForEach(process => process.Dispose());
        }
    }

    private static async Task LocalAsync()
    {
        await using var cluster = await GrainCluster.StartAsync(options =>
        {
            options.RealTime = true;
            options.GrainAssemblies.Add(typeof(CounterGrain).Assembly);
        });
        await ReportAsync("in one process (baseline)", cluster.Grains, callsAt64: 20_000);
    }

    private static async Task ReportAsync(string name, IGrainFactory grains, int callsAt64)
    {
        var counters = Enumerable.Range(0, Targets).Select(i => grains.GetGrain<ICounterGrain>($"counter:{i}")).ToArray();
        foreach (var (callers, calls) in new[] { (1, callsAt64), (64, callsAt64), (512, callsAt64 / 8) })
        {
            await CallRound.RunAsync(callers, calls, i => counters[i % Targets].AddAsync(1));
            var rounds = new List<CallRound>();
            for (var i = 0; i < Rounds; i++)
            {
                rounds.Add(await CallRound.RunAsync(callers, calls, i => counters[i % Targets].AddAsync(1)));
            }

            var median = CallRound.Median(rounds);
            Console.WriteLine(
                $"{name,-28} {callers,3} callers {median.CallsPerSecond,11:N0}/s  {median.BytesPerCall,6:N0} B/call here  p50 {median.P50Micros,7:N1} us  p99 {median.P99Micros,8:N1} us"
                + $"  ({rounds.Min(r => r.CallsPerSecond):N0}-{rounds.Max(r => r.CallsPerSecond):N0})");
        }
    }
}
