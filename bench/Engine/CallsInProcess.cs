using System.Diagnostics;
using Actors.Bench.Support;
using Actors.TestKit.Clusters;

namespace Actors.Bench.Engine;

/// <summary>Calls to grains of the same process: how many a second, what each allocates, how long each takes.</summary>
public static class CallsInProcess
{
    private const int Grains = 10_000;
    private const int Calls = 2_000_000;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        await using var cluster = await GrainCluster.StartAsync(options =>
        {
            options.RealTime = true;
            options.GrainAssemblies.Add(typeof(CallsInProcess).Assembly);
        });
        var keys = Enumerable.Range(0, Grains).Select(i => $"counter:{i}").ToArray();
        var counters = keys.Select(key => cluster.Grains.GetGrain<ICounterGrain>(key)).ToArray();
        foreach (var counter in counters)
        {
            await counter.AddAsync(0);
        }

        foreach (var callers in (int[])[1, 64])
        {
            await MeasureAsync("baseline, a hop over the thread pool", callers, _ => HopAsync());
            await MeasureAsync("a call by a kept reference", callers, i => counters[i].AddAsync(1));
            await MeasureAsync("a call by GetGrain", callers, i => cluster.Grains.GetGrain<ICounterGrain>(keys[i]).AddAsync(1));
        }
    }

    private static async Task MeasureAsync(string what, int callers, Func<int, Task<long>> call)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var each = Calls / (callers == 1 ? 4 : callers);
            var latencies = new Samples();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var begun = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(seed => Task.Run(() => CallAsync(seed, each, call, latencies))));
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            var bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (each * callers);
            if (round == Rounds - 1)
            {
                Console.WriteLine($"{callers,3} callers, {what,-38} {each * callers / seconds / 1_000,6:0} k/s  {bytes,4} B each  {latencies}");
            }
        }
    }

    private static async Task CallAsync(int seed, int count, Func<int, Task<long>> call, Samples latencies)
    {
        const int OneInSo = 64; // taking the time of each would cost more than the call
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var begun = i % OneInSo == 0 ? Stopwatch.GetTimestamp() : 0;
            await call(random.Next(Grains));
            if (begun != 0)
            {
                latencies.Add(begun);
            }
        }
    }

    private static Task<long> HopAsync()
    {
        var completion = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static waiting => waiting.TrySetResult(1), completion, preferLocal: true);
        return completion.Task;
    }
}
