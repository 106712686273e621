using Actors.Engine.Cluster;
using Actors.Engine.Runtime;
using Orleans;

namespace Actors.Engine.Hosting;

/// <summary>What operators and tests may ask of the engine in this process.</summary>
public sealed class EngineControl
{
    private readonly EngineRuntime _runtime;

    internal EngineControl(EngineRuntime runtime) => _runtime = runtime;

    /// <summary>How many grains are in memory.</summary>
    public int ActivationCount => _runtime.Catalog.Count;

    /// <summary>The cluster that this process is part of; null where it is alone.</summary>
    public ClusterMembership? Membership => _runtime.Node?.Membership;

    /// <summary>Deactivates every grain that is in memory now; ends when they are gone.</summary>
    public Task DeactivateAllAsync() =>
        _runtime.Catalog.DeactivateAllAsync(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "All grains were asked to go."));
}
