using System.Diagnostics;

namespace Actors.Bench.Engine;

/// <summary>One measurement: so many callers, each with one call at a time, over all targets in turn.</summary>
internal sealed record CallRound(double CallsPerSecond, double BytesPerCall, double P50Micros, double P99Micros)
{
    private const int SampleEvery = 32;

    public static async Task<CallRound> RunAsync(int callers, int callsPerCaller, Func<int, ValueTask<long>> call)
    {
        GC.Collect();
        var samples = new double[callers][];
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => LoopAsync(caller))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        var calls = (double)callers * callsPerCaller;
        var sorted = samples.SelectMany(s => s).Order().ToArray();
        return new CallRound(calls / seconds, allocated / calls, At(sorted, 0.50), At(sorted, 0.99));

        async Task LoopAsync(int caller)
        {
            var own = samples[caller] = new double[(callsPerCaller + SampleEvery - 1) / SampleEvery];
            var target = caller * 7919;
            for (var i = 0; i < callsPerCaller; i++)
            {
                if (i % SampleEvery == 0)
                {
                    var sent = Stopwatch.GetTimestamp();
                    await call(target++);
                    own[i / SampleEvery] = Stopwatch.GetElapsedTime(sent).TotalMicroseconds;
                }
                else
                {
                    await call(target++);
                }
            }
        }
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];

    public static CallRound Median(IReadOnlyCollection<CallRound> rounds)
    {
        return new CallRound(Of(r => r.CallsPerSecond), Of(r => r.BytesPerCall), Of(r => r.P50Micros), Of(r => r.P99Micros));

        double Of(Func<CallRound, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);
    }
}
