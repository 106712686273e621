namespace Actors.Engine.Runtime;

/// <summary>
/// The time since the start, advanced by ticks: reading it costs nothing. What was stamped with it is late by less
/// than a tick, so that deadlines add one.
/// </summary>
internal sealed class CoarseClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Action _onTick;
    private long _now;

    public CoarseClock(TimeProvider time, TimeSpan tick, Action onTick)
    {
        _time = time;
        _start = time.GetTimestamp();
        _onTick = onTick;
        Tick = tick.Ticks;
        _timer = time.CreateTimer(static self => ((CoarseClock)self!).Advance(), this, tick, tick);
    }

    /// <summary>In units of 100 ns, like what this type counts throughout.</summary>
    public long Tick { get; }

    public long Now => Volatile.Read(ref _now);

    public void Dispose() => _timer.Dispose();

    private void Advance()
    {
        Volatile.Write(ref _now, _time.GetElapsedTime(_start).Ticks);
        _onTick();
    }
}
