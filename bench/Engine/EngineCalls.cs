using Actors.TestKit.Clusters;

namespace Actors.Bench.Engine;

/// <summary>Calls in one process: grains beside a hand-written actor.</summary>
internal static class EngineCalls
{
    private const int Targets = 10_000;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        await using var cluster = await GrainCluster.StartAsync(options =>
        {
            options.RealTime = true;
            options.GrainAssemblies.Add(typeof(EngineCalls).Assembly);
        });
        var grains = cluster.Grains;
        var counters = Enumerable.Range(0, Targets).Select(i => grains.GetGrain<ICounterGrain>($"counter:{i}")).ToArray();
        var channels = Enumerable.Range(0, Targets).Select(_ => new ChannelCounter()).ToArray();

        foreach (var callers in (int[])[1, 64])
        {
            await ReportAsync("channel actor (baseline)", callers, i => channels[i % Targets].AddAsync(1));
            await ReportAsync("grain", callers, i => counters[i % Targets].AddAsync(1));
            await ReportAsync("grain, reference made anew", callers, i => grains.GetGrain<ICounterGrain>(Keys[i % Targets]).AddAsync(1));
            await ReportAsync("grain, body awaits once", callers, i => new ValueTask<long>(counters[i % Targets].AddSlowlyAsync(1)));
        }
    }

    private static string[] Keys { get; } = [.. Enumerable.Range(0, Targets).Select(i => $"counter:{i}")];

    private static async Task ReportAsync(string name, int callers, Func<int, ValueTask<long>> call)
    {
        var calls = callers == 1 ? 300_000 : 20_000;
        await CallRound.RunAsync(callers, calls, call);
        var rounds = new List<CallRound>();
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add(await CallRound.RunAsync(callers, calls, call));
        }

        var median = CallRound.Median(rounds);
        Console.WriteLine(
            $"{name,-28} {callers,3} callers {median.CallsPerSecond,11:N0}/s  {median.BytesPerCall,6:N0} B/call  p50 {median.P50Micros,7:N1} us  p99 {median.P99Micros,8:N1} us"
            + $"  ({rounds.Min(r => r.CallsPerSecond):N0}-{rounds.Max(r => r.CallsPerSecond):N0})");
    }
}
