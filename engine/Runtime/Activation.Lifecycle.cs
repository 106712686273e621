using Actors.Engine.Diagnostics;
using Actors.Engine.State;
using Orleans;

namespace Actors.Engine.Runtime;

internal sealed partial class Activation
{
    private readonly List<PersistentStateRecord> _states = [];
    private TaskCompletionSource? _gone;
    private ITimer? _drainLimit;
    private DeactivationReason _reason;
    private bool _isDrainWanted;

    /// <summary>Completes when the activation is out of the catalog.</summary>
    public Task WhenGone
    {
        get
        {
            var gone = LazyInitializer.EnsureInitialized(
                ref _gone, static () => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (Status == ActivationStatus.Gone)
            {
                gone.TrySetResult();
            }

            return gone.Task;
        }
    }

    private void StartActivating()
    {
        if (Engine.Router is { } router && !router.Holds(GrainId))
        {
            // The view changed while it was made.
            Leave();
            ForwardWaiting();
            return;
        }

        Status = ActivationStatus.Activating;
        _ = ActivateAsync();
    }

    private async Task ActivateAsync()
    {
        var call = LifecycleCall.StartOn(this, "OnActivateAsync");
        using var limit = new CancellationTokenSource(Engine.Options.ActivationTimeout, Engine.TimeProvider);
        try
        {
            if (Engine.Router is { } router)
            {
                await router.HandedOverAsync(GrainId, limit.Token);
            }

            _instance = Class.Descriptor.Create(new ConstructionContext(this));
            if (_states.Count > 0)
            {
                await Engine.StateReads.LoadAsync(_states, limit.Token);
            }

            if (_instance is IGrainBase grain)
            {
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception error)
        {
            call.Stage = CallStage.Ended;
            await FailActivationAsync(limit.IsCancellationRequested
                ? new TimeoutException($"{GrainId} was not active after {Engine.Options.ActivationTimeout}.", error)
                : error);
            return;
        }

        call.Stage = CallStage.Ended;
        _lastUse = Engine.Clock.Now;
        Status = ActivationStatus.Active;
        Class.CountActivation(1);
        EngineLog.Activated(Engine.Log, GrainId);
        if (_isDrainWanted)
        {
            StartDraining(_reason);
        }
    }

    private async Task FailActivationAsync(Exception error)
    {
        EngineLog.ActivationFailed(Engine.Log, error, GrainId);
        _reason = new DeactivationReason(DeactivationReasonCode.ActivationFailed, error, "Activation failed.");
        StopTimers();
        Leave();
        while (_waiting.Take() is { } call)
        {
            call.Refuse(ActivationFailure.Of(GrainId, error));
        }

        try
        {
            await DisposeInstanceAsync();
        }
        catch (Exception second)
        {
            EngineLog.DeactivationFailed(Engine.Log, second, GrainId);
        }
    }

    /// <summary>Lets running calls end, then deactivates; calls that wait go on to the next activation.</summary>
    private void StartDraining(DeactivationReason reason)
    {
        switch (Status)
        {
            case ActivationStatus.New:
                Leave();
                return;
            case ActivationStatus.Activating:
                _isDrainWanted = true;
                _reason = reason;
                return;
            case ActivationStatus.Active:
                break;
            default:
                return;
        }

        _reason = reason;
        StopTimers();
        Status = ActivationStatus.Draining;
        if (Running > 0)
        {
            _drainLimit = Engine.TimeProvider.CreateTimer(
                static self => ((Activation)self!).Post(new GiveUpDraining()), this, Engine.Options.DeactivationTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    private void StartDeactivating()
    {
        Status = ActivationStatus.Deactivating;
        _drainLimit?.Dispose();
        _ = DeactivateAsync();
    }

    private async Task DeactivateAsync()
    {
        var call = LifecycleCall.StartOn(this, "OnDeactivateAsync");
        using var limit = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.TimeProvider);
        try
        {
            if (_instance is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token);
            }

            await DisposeInstanceAsync();
        }
        catch (Exception error)
        {
            EngineLog.DeactivationFailed(Engine.Log, error, GrainId);
        }

        call.Stage = CallStage.Ended;
        StopTimers();
        Class.CountActivation(-1);
        EngineLog.Deactivated(Engine.Log, GrainId, _reason);
        Leave();
        ForwardWaiting();
    }

    private async ValueTask DisposeInstanceAsync()
    {
        if (_instance is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else if (_instance is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }

    private void Leave()
    {
        Engine.Catalog.Remove(this);
        Status = ActivationStatus.Gone;
        Interlocked.MemoryBarrier();
        _gone?.TrySetResult();
    }

    private void ForwardWaiting()
    {
        while (_waiting.Take() is { } call)
        {
            Forward(call);
        }
    }

    private sealed class GiveUpDraining : InboxItem
    {
        internal override void Execute(Activation activation)
        {
            if (activation.Status == ActivationStatus.Draining)
            {
                EngineLog.DrainingGivenUp(activation.Engine.Log, activation.GrainId, activation.Running);
                activation.StartDeactivating();
            }
        }
    }
}
