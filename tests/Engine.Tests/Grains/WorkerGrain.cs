using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Grains;

public sealed class WorkerGrain(Gates gates) : Grain, IWorkerGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private int _count;
    private int _inside;
    private IGrainTimer? _timer;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        gates[$"activated:{Key}"].Enter();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        gates[$"deactivated:{Key}"].Enter();
        gates[$"deactivated:{Key}:{reason.ReasonCode}"].Enter();
        return Task.CompletedTask;
    }

    public Task<Guid> ActivationAsync() => Task.FromResult(_activation);

    public async Task<int> IncrementSlowlyAsync()
    {
        var count = _count;
        await Task.Yield();
        _count = count + 1;
        return _count;
    }

    public async Task<bool> IncrementInterleavingAsync()
    {
        var alone = true;
        for (var i = 0; i < 10; i++)
        {
            alone &= Interlocked.Increment(ref _inside) == 1;
            _count++;
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }

        return alone;
    }

    public ValueTask<int> CountAsync() => ValueTask.FromResult(_count);

    public async Task PassAsync(string gate)
    {
        await gates[gate].PassAsync();
        _count++;
    }

    public async Task PassCancellableAsync(string gate, CancellationToken cancellationToken)
    {
        await gates[gate].PassAsync();
        _count++;
    }

    public Task BlockAsync(string gate)
    {
        gates[gate].Block();
        return Task.CompletedTask;
    }

    public Task PassInterleavingAsync(string gate) => gates[gate].PassAsync();

    public Task PassReadingAsync(string gate) => gates[gate].PassAsync();

    public Task TellAsync(string gate) => PassAsync(gate);

    public async Task TellFailingAsync(string gate)
    {
        await gates[gate].PassAsync();
        throw new InvalidOperationException("Nobody hears this.");
    }

    public async Task<int> FailAsync(string message, bool late)
    {
        if (late)
        {
            await Task.Yield();
        }

        throw new WorkerException(message);
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task DelayDeactivationAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task<int> CallThroughAsync(string other, string method) =>
        GrainFactory.GetGrain<IRelayGrain>(other).CallBackAsync(Key, method);

    public async Task PassThenCallAsync(string gate, string other, string method)
    {
        await gates[gate].PassAsync();
        await CallThroughAsync(other, method);
    }

    public async Task<int> CallThroughReadingAsync(string gate, string other, string method)
    {
        await gates[gate].PassAsync();
        return await CallThroughAsync(other, method);
    }

    public Task<int> OneAsync() => Task.FromResult(1);

    public Task<int> OneInterleavingAsync() => Task.FromResult(1);

    public Task<int> OneReadingAsync() => Task.FromResult(1);

    public Task StartTimerAsync(string gate, TimeSpan dueTime, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            _ => gates[gate].PassAsync(),
            new GrainTimerCreationOptions(dueTime, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StopTimerAsync()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }
}
