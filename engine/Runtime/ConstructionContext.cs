using Actors.Engine.CodeGeneration;
using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

internal sealed class ConstructionContext(Activation activation) : GrainActivationContext
{
    public override IServiceProvider Services => activation.ActivationServices;

    public override IPersistentState<T> GetPersistentState<T>(string stateName, string? storageName, MessageCodec<T> codec) =>
        activation.AddState(stateName, codec);
}
