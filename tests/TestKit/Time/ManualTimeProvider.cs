namespace Actors.TestKit.Time;

/// <summary>A clock that stands still until told; timers fire on the thread that advances it, in the order of their due times.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Firing, (long Due, long Order)> _firings = new();
    private long _elapsed;
    private long _order;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(Volatile.Read(ref _elapsed));

    public override long GetTimestamp() => Volatile.Read(ref _elapsed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, firing what falls due on the way at its own time.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var end = Volatile.Read(ref _elapsed) + time.Ticks;
        while (Next(end) is { } firing)
        {
            firing.Timer.Fire(firing.Version);
        }
    }

    /// <summary>Whether some timer is set to fire at this time, or less than a millisecond before as Task.Delay rounds it.</summary>
    public bool IsAwaited(DateTimeOffset time)
    {
        var latest = (time - start).Ticks;
        lock (_lock)
        {
            return _firings.UnorderedItems.Any(item =>
                item.Priority.Due <= latest
                && item.Priority.Due > latest - TimeSpan.TicksPerMillisecond
                && item.Element.Timer.IsSet(item.Element.Version));
        }
    }

    /// <summary>Moves on at once, as for a process that was frozen: what fell due meanwhile fires afterwards, late.</summary>
    public void Jump(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_lock)
        {
            Volatile.Write(ref _elapsed, _elapsed + time.Ticks);
        }

        Advance(TimeSpan.Zero);
    }

    private Firing? Next(long end)
    {
        lock (_lock)
        {
            if (!_firings.TryPeek(out var firing, out var at) || at.Due > end)
            {
                Volatile.Write(ref _elapsed, Math.Max(end, _elapsed));
                return null;
            }

            _firings.Dequeue();
            Volatile.Write(ref _elapsed, Math.Max(at.Due, _elapsed));
            return firing;
        }
    }

    private readonly record struct Firing(ManualTimer Timer, int Version);

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                if (_version < 0)
                {
                    return false;
                }

                _version++;
                _period = period;
                Schedule(dueTime);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _version = -1;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        public bool IsSet(int version) => version == _version;

        public void Fire(int version)
        {
            lock (clock._lock)
            {
                if (version != _version)
                {
                    return;
                }

                Schedule(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            }

            callback(state);
        }

        private void Schedule(TimeSpan dueTime)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock._firings.Enqueue(new Firing(this, _version), (clock._elapsed + dueTime.Ticks, clock._order++));
            }
        }
    }
}
