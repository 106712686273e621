namespace Actors.Tallying;

/// <summary>What part of a campaign's log a request means.</summary>
internal static class EventWindow
{
    private const int MaxLimit = 1_000;

    /// <summary>A cursor this far ahead of the clock was never handed out: it restarts instead of never seeing anything.</summary>
    private const long MaxAheadMicroseconds = 3_600_000_000;

    /// <summary>The position of a moment.</summary>
    public static long PositionOf(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The position after which to list: the cursor's, or the start of the recent window when there is none.</summary>
    public static long Start(long after, DateTimeOffset now, TimeSpan recent) =>
        after > 0 && after <= PositionOf(now) + MaxAheadMicroseconds ? after : PositionOf(now - recent);

    /// <summary>A page size within its bounds.</summary>
    public static int Limit(int limit) => Math.Clamp(limit, 1, MaxLimit);
}
