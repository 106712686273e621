using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>Stands in the call chain for what an activation does at its start and end, when nothing else may run.</summary>
internal sealed class LifecycleCall : GrainCall
{
    private readonly string _name;

    private LifecycleCall(string name) => _name = name;

    /// <summary>Begins it; ends with the async method that called this.</summary>
    public static LifecycleCall StartOn(Activation activation, string name)
    {
        var call = new LifecycleCall(name) { Owner = activation, Stage = CallStage.Running };
        CallChain.Current = call;
        return call;
    }

    public override string ToString() => _name;

    internal override CallKind KindOn(Activation activation) => CallKind.Exclusive;

    internal override void Begin(Activation activation) => throw new InvalidOperationException("It is never queued.");

    internal override void Refuse(Exception reason) => throw new InvalidOperationException("It is never queued.");
}

/// <summary>What callers are told when a grain could not be activated.</summary>
internal static class ActivationFailure
{
    public static OrleansException Of(GrainId grainId, Exception error) =>
        error as OrleansException
        ?? new OrleansException($"{grainId} could not be activated: {error.Message}", error);
}
