using System.Diagnostics;

namespace Actors.Bench.Storage;

/// <summary>Callers that repeat an operation, each waiting for its answer.</summary>
internal static class Load
{
    /// <summary>Operations per second. The operation gets the number of its caller.</summary>
    public static async Task<double> RunAsync(int callers, TimeSpan duration, Func<int, Task> operation)
    {
        var count = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => RepeatAsync(caller))));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task RepeatAsync(int caller)
        {
            var own = 0L;
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await operation(caller);
                own++;
            }

            Interlocked.Add(ref count, own);
        }
    }

    /// <summary>The time that so many operations take, and the processor time of the whole process.</summary>
    public static async Task<(TimeSpan Elapsed, TimeSpan Processor)> RunCountAsync(int callers, int operations, Func<int, Task> operation)
    {
        var left = operations;
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => RepeatAsync(caller))));
        return (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);

        async Task RepeatAsync(int caller)
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await operation(caller);
            }
        }
    }
}
