using Actors.Engine.Serialization;

namespace Actors.Engine.CodeGeneration;

/// <summary>One call of a grain method, with its arguments; the generator derives one class per method.</summary>
public abstract class GrainRequest
{
    /// <summary>The method that is called.</summary>
    public abstract GrainMethod Method { get; }

    /// <summary>The caller's cancellation; it does not travel with the arguments.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Writes the arguments as fields, numbered by their place.</summary>
    public abstract void EncodeArguments(FieldWriter writer);

    /// <summary>Ends the caller's wait with an exception; false when it has ended already.</summary>
    internal abstract bool TryFail(Exception exception);

    /// <summary>Ends the caller's wait as cancelled; false when it has ended already.</summary>
    internal abstract bool TryCancel(CancellationToken cancellationToken);
}

/// <summary>A call with the type of its result and the completion that its caller awaits.</summary>
public abstract class GrainRequest<TResult> : GrainRequest
{
    private TaskCompletionSource<TResult>? _completion;

    /// <summary>What the caller awaits. A call that nobody awaits (one-way) never makes it.</summary>
    internal Task<TResult> Completion =>
        (_completion ??= new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Calls the method on a grain instance or observer.</summary>
    public abstract ValueTask<TResult> InvokeAsync(object target, CancellationToken cancellationToken);

    /// <summary>Writes a result as a field.</summary>
    public abstract void EncodeResult(FieldWriter writer, TResult result);

    /// <summary>Reads what <see cref="EncodeResult"/> wrote.</summary>
    public abstract TResult DecodeResult(ref FieldReader reader);

    internal bool TrySucceed(TResult result) => _completion is null || _completion.TrySetResult(result);

    internal sealed override bool TryFail(Exception exception) => _completion is null || _completion.TrySetException(exception);

    internal sealed override bool TryCancel(CancellationToken cancellationToken) =>
        _completion is null || _completion.TrySetCanceled(cancellationToken);
}
