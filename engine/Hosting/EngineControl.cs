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

    /// <summary>What each grain class has in memory and has done here, since the process started.</summary>
    public IReadOnlyList<GrainClassStatistics> Statistics =>
        [.. _runtime.Types.Classes.Select(c => new GrainClassStatistics(c.Descriptor.GrainType, c.Activations, c.Calls.Value))];

    /// <summary>The cluster that this process is part of; null where it is alone.</summary>
    public ClusterMembership? Membership => _runtime.Node?.Membership;

    /// <summary>Deactivates every grain that is in memory now; ends when they are gone.</summary>
    public Task DeactivateAllAsync() =>
        _runtime.Catalog.DeactivateAllAsync(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "All grains were asked to go."));
}

/// <summary>A grain class in this process.</summary>
/// <param name="GrainType">The type in its grains' ids.</param>
/// <param name="Activations">How many of its grains are in memory.</param>
/// <param name="Calls">How many calls of them have begun.</param>
public sealed record GrainClassStatistics(string GrainType, int Activations, long Calls);
