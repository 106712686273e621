using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.CodeGeneration;

/// <summary>What a grain's constructor is given; the runtime derives it.</summary>
public abstract class GrainActivationContext
{
    public abstract IServiceProvider Services { get; }

    /// <summary>The state of this name; loaded after construction, before OnActivateAsync.</summary>
    public abstract IPersistentState<T> GetPersistentState<T>(string stateName, string? storageName, MessageCodec<T> codec);
}
