using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>A running call of another process, in the chain of one that came from there.</summary>
internal sealed class RemoteCaller : GrainCall
{
    public RemoteCaller(GrainId grain, CallKind kind)
    {
        Grain = grain;
        Kind = kind;
        Stage = CallStage.Running;
    }

    public GrainId Grain { get; }

    public override string ToString() => "a call";

    internal override CallKind KindOn(Activation activation) => Kind;

    internal override void Begin(Activation activation) => throw new InvalidOperationException("It runs elsewhere.");

    internal override void Refuse(Exception reason) => throw new InvalidOperationException("It runs elsewhere.");
}
