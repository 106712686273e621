namespace Actors.Tallying.Scans;

/// <summary>
/// Readers' clocks lie. A scan counts at the page's time plus the offset that the page's clock showed at sending, never
/// later than its reception and never earlier than that reader's last synchronisation, so that a lying clock cannot win.
/// </summary>
internal static class TimeCorrection
{
    /// <summary>Server clock minus reader clock at sending; none when the page did not tell.</summary>
    public static TimeSpan Offset(DateTimeOffset received, DateTimeOffset? readerNow) =>
        readerNow is { } now ? received - now : TimeSpan.Zero;

    /// <summary>The time at which a scan counts.</summary>
    public static DateTimeOffset Correct(DateTimeOffset readerTime, TimeSpan offset, DateTimeOffset received, DateTimeOffset? lastSync)
    {
        // both are at most 10,000 years, so their sum fits
        var ticks = readerTime.UtcTicks + offset.Ticks;
        var floor = lastSync?.UtcTicks ?? 0;
        return new DateTimeOffset(Math.Min(Math.Max(ticks, floor), received.UtcTicks), TimeSpan.Zero);
    }

    /// <summary>Cut to microseconds, which every store keeps: a row read back compares as it did before.</summary>
    public static DateTimeOffset ToMicroseconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
