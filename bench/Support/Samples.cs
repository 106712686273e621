using System.Diagnostics;

namespace Actors.Bench.Support;

/// <summary>Latencies taken by many callers at once.</summary>
public sealed class Samples
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];

    /// <summary>Latencies that were taken elsewhere, in milliseconds.</summary>
    public static Samples Of(IEnumerable<double> milliseconds)
    {
        var samples = new Samples();
        samples._milliseconds.AddRange(milliseconds);
        return samples;
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _milliseconds.Count;
            }
        }
    }

    public void Add(long startTimestamp)
    {
        var elapsed = Stopwatch.GetElapsedTime(startTimestamp).TotalMilliseconds;
        lock (_lock)
        {
            _milliseconds.Add(elapsed);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _milliseconds.Clear();
        }
    }

    /// <summary>The latency that this share of the calls stayed below, in milliseconds.</summary>
    public double Percentile(double share)
    {
        lock (_lock)
        {
            if (_milliseconds.Count == 0)
            {
                return double.NaN;
            }

            _milliseconds.Sort();
            return _milliseconds[(int)Math.Min(_milliseconds.Count - 1, share * _milliseconds.Count)];
        }
    }

    public override string ToString() => $"p50 {Percentile(0.5):0.000} ms, p95 {Percentile(0.95):0.000} ms, p99 {Percentile(0.99):0.000} ms";
}
