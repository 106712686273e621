using Actors.Engine.Diagnostics;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>A grain's timer: each tick is a call that the activation admits like others; the next is due a period after its end.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private TimeSpan _period;
    private int _version;
    private bool _isStopped;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;

        // The timer outlives the call that makes it, so it must not hold on to that call's context.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Engine.TimeProvider.CreateTimer(
                static self => ((GrainTimer)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime);
        Check(period);
        lock (_lock)
        {
            _version++;
            _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            if (!_isStopped)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
        }

        _timer.Dispose();
        _stop.Cancel();
        _activation.Forget(this);
    }

    private static void Check(TimeSpan time)
    {
        if (time != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Longest);
        }
    }

    private void Fire() => _activation.Post(new Tick(this, Volatile.Read(ref _version)));

    private void StartPeriod(int version)
    {
        lock (_lock)
        {
            // Change was called during the tick: its due time counts.
            if (!_isStopped && version == _version)
            {
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private sealed class Tick(GrainTimer timer, int version) : GrainCall
    {
        internal override bool IsAbandoned => timer._isStopped;

        internal override bool IsForwarded => false;

        internal override bool KeepsAlive => timer._options.KeepAlive;

        public override string ToString() => "grain timer";

        internal override CallKind KindOn(Activation activation) =>
            timer._options.Interleave ? CallKind.Interleaving : CallKind.Exclusive;

        internal override void Begin(Activation activation)
        {
            CallChain.Current = this;
            _ = RunAsync(activation);
            activation.LeaveContext();
        }

        internal override void Refuse(Exception reason) =>
            EngineLog.TimerFailed(timer._activation.Engine.Log, reason, timer._activation.GrainId);

        private async Task RunAsync(Activation activation)
        {
            try
            {
                await timer._callback(timer._stop.Token);
            }
            catch (Exception error)
            {
                EngineLog.TimerFailed(activation.Engine.Log, error, activation.GrainId);
            }

            activation.End(this);
            timer.StartPeriod(version);
        }
    }
}
