namespace Actors.Engine.Cluster;

/// <summary>Lets one loop wait for its next round, or less long if somebody calls. Calls while it does not wait count once.</summary>
internal sealed class WakeUp(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiter;
    private bool _called;

    public void Call()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
            _called = waiter is null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>Returns, and does not throw, when cancelled.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource();
        lock (_lock)
        {
            if (_called)
            {
                _called = false;
                return;
            }

            _waiter = waiter;
        }

        await using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter, atMost, Timeout.InfiniteTimeSpan);
        await using var cancelled = cancellationToken.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter);
        await waiter.Task;
        lock (_lock)
        {
            _waiter = _waiter == waiter ? null : _waiter;
        }
    }
}
