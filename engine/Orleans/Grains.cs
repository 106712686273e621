using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of all grain interfaces.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain named by a string.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>Base of interfaces by which grains call objects outside the cluster; methods are one-way.</summary>
public interface IGrainObserver : IAddressable;

/// <summary>What every grain class offers its runtime.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this object is.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called once the state is loaded and before the first call.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called after the last call, unless the process dies.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
