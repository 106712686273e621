using System.Runtime.InteropServices;

namespace Actors.Limits;

/// <summary>Wrong guesses by guesser over sliding windows, bounded in memory. Not for several threads at once.</summary>
/// <param name="time">The clock.</param>
/// <param name="capacity">How many guessers are remembered at most.</param>
public sealed class MissTable(TimeProvider time, int capacity)
{
    /// <summary>The window over which guesses count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The wrong guesses of late.</summary>
    public MissTally Count(string guesser)
    {
        var (window, elapsed) = Position();
        return _entries.TryGetValue(guesser, out var entry) ? entry.At(window, elapsed) : new MissTally(0, 0, elapsed);
    }

    /// <summary>One more.</summary>
    /// <param name="guesser">Who guessed.</param>
    /// <param name="isKept">Whether it stays when there are too many guessers: a count of all of them together.</param>
    public void Add(string guesser, bool isKept = false)
    {
        var (window, elapsed) = Position();
        if (_entries.Count >= capacity)
        {
            Forget(window);
        }

        var (before, now) = _entries.TryGetValue(guesser, out var entry) && entry.At(window, elapsed) is { } count ? (count.Before, count.Now) : (0, 0);
        _entries[guesser] = new Entry(window, before, now + 1, isKept);
    }

    private void Forget(long window)
    {
        foreach (var (guesser, entry) in _entries)
        {
            // so many guess that the limit for all of them together holds
            if (entry.Window < window - 1 || (_entries.Count >= capacity && !entry.IsKept))
            {
                _entries.Remove(guesser);
            }
        }
    }

    private (long Window, double Elapsed) Position()
    {
        var (window, rest) = Math.DivRem(time.GetUtcNow().Ticks, Window.Ticks);
        return (window, rest / (double)Window.Ticks);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Window, int Before, int Now, bool IsKept)
    {
        public MissTally At(long window, double elapsed) => (window - Window) switch
        {
            0 => new MissTally(Before, Now, elapsed),
            1 => new MissTally(Now, 0, elapsed),
            _ => new MissTally(0, 0, elapsed),
        };
    }
}
