namespace Actors.TestKit.Clusters;

/// <summary>
/// The test's clock for Orleans' reminders. They wait until a time by Task.Delay, which cuts off fractions of a
/// millisecond, and ask the clock again until it has passed: on the thread that moves the clock that would be forever.
/// </summary>
internal sealed class ReminderClock(TimeProvider inner) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(_ => ThreadPool.QueueUserWorkItem(queued => callback(queued), state), null, dueTime, period);
}
