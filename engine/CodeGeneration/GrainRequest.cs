using Actors.Engine.Diagnostics;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;
using Actors.Engine.Transport;

namespace Actors.Engine.CodeGeneration;

/// <summary>One call of a grain method, with its arguments; the generator derives one class per method.</summary>
public abstract class GrainRequest : GrainCall
{
    // Its place among the requests that are waited for.
    internal InFlight.Part? Part;
    internal GrainRequest? EarlierInFlight;
    internal GrainRequest? LaterInFlight;
    internal long Deadline;

    internal CallProbe? Probe;

    // Its way from or to another process; null for a call within this one.
    internal InboundCall? Inbound;
    internal OutboundCall? Outbound;
    private object? _cancellation;

    /// <summary>The method that is called.</summary>
    public abstract GrainMethod Method { get; }

    /// <summary>The caller's cancellation; it does not travel with the arguments.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Writes the arguments as fields, numbered by their place.</summary>
    public abstract void EncodeArguments(FieldWriter writer);

    public sealed override string ToString() => Method.ToString();

    internal sealed override CallKind KindOn(Activation activation) =>
        activation.Class.Descriptor.Reentrant || Method.AlwaysInterleave ? CallKind.Interleaving
        : Method.ReadOnly ? CallKind.Reading
        : CallKind.Exclusive;

    internal sealed override void Refuse(Exception reason) => TryFail(reason);

    /// <summary>Ends the caller's wait with an exception; false when it has ended already.</summary>
    internal abstract bool TryFail(Exception exception);

    /// <summary>Ends the caller's wait with a result that came from another process.</summary>
    internal abstract void Succeed(ref FieldReader result);

    /// <summary>Ends the caller's wait as cancelled; false when it has ended already.</summary>
    internal abstract bool TryCancel(CancellationToken cancellationToken);

    /// <summary>Runs the body outside any activation.</summary>
    internal abstract Task RunAsync(object target);

    /// <summary>Ends the caller's wait when its token does.</summary>
    internal void WatchCancellation() =>
        _cancellation = CancellationToken.UnsafeRegister(
            static (self, token) => ((GrainRequest)self!).TryCancel(token), this);

    private protected void StopWaiting()
    {
        Part?.Remove(this);
        Outbound?.Abandon();
        if (_cancellation is CancellationTokenRegistration registration)
        {
            registration.Unregister();
        }
    }
}

/// <summary>A call with the type of its result and the completion that its caller awaits.</summary>
public abstract class GrainRequest<TResult> : GrainRequest
{
    private TaskCompletionSource<TResult>? _completion;

    /// <summary>What the caller awaits. A call that nobody awaits (one-way) never makes it.</summary>
    internal Task<TResult> Completion =>
        (_completion ??= new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal sealed override bool IsAbandoned => _completion is { Task.IsCompleted: true } || Inbound is { IsOver: true };

    /// <summary>Calls the method on a grain instance or observer.</summary>
    public abstract ValueTask<TResult> InvokeAsync(object target, CancellationToken cancellationToken);

    /// <summary>Writes a result as a field.</summary>
    public abstract void EncodeResult(FieldWriter writer, TResult result);

    /// <summary>Reads what <see cref="EncodeResult"/> wrote.</summary>
    public abstract TResult DecodeResult(ref FieldReader reader);

    internal sealed override void Begin(Activation activation)
    {
        CallChain.Current = this;
        Probe?.Begin(this);
        activation.Class.Calls.Increment();
        ValueTask<TResult> body;
        try
        {
            body = InvokeAsync(activation.Target, CancellationToken);
        }
        catch (Exception error)
        {
            body = ValueTask.FromException<TResult>(error);
        }

        activation.LeaveContext();
        if (body.IsCompleted)
        {
            Finish(activation, body);
        }
        else
        {
            // Runs in a turn of the activation: on its scheduler, or inline when the body ends in such a turn.
            _ = body.AsTask().ContinueWith(
                static (task, self) => ((GrainRequest<TResult>)self!).Finish(task),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                activation);
        }
    }

    internal sealed override async Task RunAsync(object target)
    {
        try
        {
            TrySucceed(await InvokeAsync(target, CancellationToken));
        }
        catch (Exception error)
        {
            TryFail(error);
            throw;
        }
    }

    internal sealed override void Succeed(ref FieldReader result) => TrySucceed(DecodeResult(ref result));

    internal bool TrySucceed(TResult result)
    {
        if (Inbound is { } inbound)
        {
            return inbound.TryAnswer(this, result);
        }

        if (_completion is null || !_completion.TrySetResult(result))
        {
            return false;
        }

        StopWaiting();
        return true;
    }

    internal sealed override bool TryFail(Exception exception)
    {
        if (Inbound is { } inbound)
        {
            return inbound.TryFail(exception);
        }

        if (_completion is null || !_completion.TrySetException(exception))
        {
            return false;
        }

        StopWaiting();
        return true;
    }

    internal sealed override bool TryCancel(CancellationToken cancellationToken)
    {
        if (Inbound is { } inbound)
        {
            return inbound.TryFail(new OperationCanceledException());
        }

        if (_completion is null || !_completion.TrySetCanceled(cancellationToken))
        {
            return false;
        }

        StopWaiting();
        return true;
    }

    private void Finish(Task<TResult> body) => Finish(Owner!, new ValueTask<TResult>(body));

    private void Finish(Activation activation, ValueTask<TResult> body)
    {
        activation.End(this);
        try
        {
#pragma warning disable VSTHRD002 // it has ended: this takes its result or throws its exception
            var result = body.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            Probe?.End(this, null);
            TrySucceed(result);
        }
        catch (OperationCanceledException error)
        {
            Probe?.End(this, error);
            TryCancel(error.CancellationToken);
        }
        catch (Exception error)
        {
            Probe?.End(this, error);
            if (!TryFail(error))
            {
                EngineLog.NobodyHears(activation.Engine.Log, error, Method, activation.GrainId);
            }
        }
    }
}
