using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Support;
using Actors.Bench.Tallying;

namespace Actors.Bench.Gossip;

/// <summary>When each scan was acknowledged, and when it arrived on each page.</summary>
public sealed class ArrivalTimes(int scans, int pages)
{
    private readonly long[] _acknowledged = new long[scans];
    private readonly long[] _arrived = new long[scans * pages];
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _arrivals;

    /// <summary>Arrivals that did not come.</summary>
    public int Missing => scans * pages - _arrivals;

    /// <summary>Scans acknowledged per second.</summary>
    public double PerSecond =>
        _acknowledged.Count(time => time > 0) / Stopwatch.GetElapsedTime(_acknowledged.Where(time => time > 0).DefaultIfEmpty(_started).Min(), _acknowledged.Max()).TotalSeconds;

    public void Acknowledge(int scan, long now) => _acknowledged[scan] = now;

    public void Arrive(int scan, int page, long now)
    {
        if (Interlocked.CompareExchange(ref _arrived[scan * pages + page], now, 0) == 0)
        {
            Interlocked.Increment(ref _arrivals);
        }
    }

    /// <summary>Takes an event by its uuid, when it is of this run.</summary>
    public void TakeEvent(string uuid, ScanRun run, int page)
    {
        if (uuid.StartsWith(run.Prefix, StringComparison.Ordinal))
        {
            Arrive(int.Parse(uuid.AsSpan(run.Prefix.Length), CultureInfo.InvariantCulture), page, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Waits until all have arrived.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (Missing > 0 && Stopwatch.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Acknowledgements, arrivals on a given page, and on the last one.</summary>
    public string Describe(ScanRun run)
    {
        var (answers, given, all) = (new List<double>(), new List<double>(), new List<double>());
        for (var scan = 0; scan < scans; scan++)
        {
            if (_acknowledged[scan] == 0)
            {
                continue;
            }

            answers.Add(run.Since(scan, _acknowledged[scan]));
            var arrivals = _arrived.AsSpan(scan * pages, pages);
            var other = arrivals[(scan + pages / 2) % pages];
            if (other > 0)
            {
                given.Add(Since(scan, other));
            }

            if (!arrivals.Contains(0))
            {
                var last = 0L;
                foreach (var arrival in arrivals)
                {
                    last = Math.Max(last, arrival);
                }

                all.Add(Since(scan, last));
            }
        }

        return string.Join(" | ", new[] { answers, given, all }.Select(list => Samples.Of(list)).Select(
            samples => string.Create(CultureInfo.InvariantCulture, $"{samples.Percentile(0.5):0} | {samples.Percentile(0.99):0}")));
    }

    private double Since(int scan, long arrival) => Math.Max(0, Stopwatch.GetElapsedTime(_acknowledged[scan], arrival).TotalMilliseconds);
}
