using System.Diagnostics;

namespace Actors.Bench.Support;

/// <summary>Connections that each send their next request when the last one is answered, a blocking thread for each.</summary>
public static class ClosedLoop
{
    private const int StackBytes = 256 << 10;

    /// <summary>Runs until every connection's step says that it is over.</summary>
    /// <param name="connections">One per caller.</param>
    /// <param name="step">Makes one exchange on the connection of this number; false when it is over.</param>
    public static LoopResult Run(IReadOnlyList<RawConnection> connections, Func<int, RawConnection, bool> step)
    {
        var latencies = new List<double>[connections.Count];
        var failures = new List<Exception>();
        var started = Stopwatch.GetTimestamp();
        var threads = new Thread[connections.Count];
        for (var i = 0; i < threads.Length; i++)
        {
            var number = i;
            threads[i] = new Thread(() => latencies[number] = Loop(number), StackBytes) { IsBackground = true };
            threads[i].Start();
        }

        Array.ForEach(threads, thread => thread.Join());
        return failures.Count > 0
            ? throw new InvalidOperationException($"{failures.Count} connections failed.", failures[0])
            : new LoopResult(Stopwatch.GetElapsedTime(started), Samples.Of(latencies.SelectMany(own => own)));

        List<double> Loop(int number)
        {
            var own = new List<double>(1 << 16);
            try
            {
                for (var sent = Stopwatch.GetTimestamp(); step(number, connections[number]); sent = Stopwatch.GetTimestamp())
                {
                    own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }
            }
#pragma warning disable CA1031 // told to the caller, whatever it is: a measurement with failures is none
            catch (Exception failure)
#pragma warning restore CA1031
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }

            return own;
        }
    }
}

/// <summary>What came of a loop.</summary>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Latencies">Of each exchange.</param>
public sealed record LoopResult(TimeSpan Elapsed, Samples Latencies);
