using System.Runtime.InteropServices;

namespace Actors.Api.Limits;

/// <summary>Counts of one process, bounded in memory.</summary>
internal sealed class MemoryMissCounter(TimeProvider time) : IMissCounter
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private const int MaxClients = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<MissKey, Entry> _entries = [];

    public ValueTask<MissCount> CountAsync(MissKey key, CancellationToken cancellationToken)
    {
        var (window, elapsed) = Position();
        lock (_lock)
        {
            return ValueTask.FromResult(_entries.TryGetValue(key, out var entry) ? entry.At(window, elapsed) : new MissCount(0, 0, elapsed));
        }
    }

    public ValueTask AddAsync(MissKey key, CancellationToken cancellationToken)
    {
        var (window, elapsed) = Position();
        lock (_lock)
        {
            if (_entries.Count >= MaxClients)
            {
                Forget(window);
            }

            var count = _entries.TryGetValue(key, out var entry) ? entry.At(window, elapsed) : default;
            _entries[key] = new Entry(window, count.Before, count.Now + 1);
        }

        return ValueTask.CompletedTask;
    }

    private void Forget(long window)
    {
        foreach (var (key, entry) in _entries)
        {
            // so many clients guess that the limit for all of them together holds
            if (entry.Window < window - 1 || (_entries.Count >= MaxClients && key.Client != "*"))
            {
                _entries.Remove(key);
            }
        }
    }

    private (long Window, double Elapsed) Position()
    {
        var (window, rest) = Math.DivRem(time.GetUtcNow().Ticks, Window.Ticks);
        return (window, rest / (double)Window.Ticks);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Window, int Before, int Now)
    {
        public MissCount At(long window, double elapsed) => (window - Window) switch
        {
            0 => new MissCount(Before, Now, elapsed),
            1 => new MissCount(Now, 0, elapsed),
            _ => new MissCount(0, 0, elapsed),
        };
    }
}
