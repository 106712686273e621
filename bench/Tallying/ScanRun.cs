using System.Diagnostics;
using System.Text;

namespace Actors.Bench.Tallying;

/// <summary>Scans at a steady rate, numbered: a scan's number is in its uuid, and tells when it was due.</summary>
public sealed class ScanRun(int count, double perSecond)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(NewPrefix());
    private long _started;

    public int Count => count;

    public double PerSecond => perSecond;

    /// <summary>All of a uuid but the number.</summary>
    public string Prefix => Encoding.UTF8.GetString(_prefix);

    public ReadOnlyMemory<byte> PrefixBytes => _prefix;

    /// <summary>Milliseconds from when a scan was due until then: waiting to be sent counts.</summary>
    public double Since(int number, long timestamp) =>
        Stopwatch.GetElapsedTime(_started, timestamp).TotalMilliseconds - number * 1000.0 / perSecond;

    /// <summary>Sends each scan by its page when it is due.</summary>
    public async Task SendAsync(Func<int, Task> sendAsync)
    {
        _started = Stopwatch.GetTimestamp();
        for (var number = 0; number < count;)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(_started).TotalSeconds * perSecond) + 1);
            for (; number < due; number++)
            {
                await sendAsync(number);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private static string NewPrefix() => $"{Random.Shared.Next():x8}-0000-4000-8000-";
}
