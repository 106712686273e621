using System.Reflection;

namespace Actors.Silo.Hosting;

/// <summary>How a process runs grains, whichever engine it is built with.</summary>
public sealed class ActorsSiloOptions
{
    /// <summary>How long a caller waits for a grain's answer. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a grain may be idle in memory, where its class does not say. Default: 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The cluster that the process is part of. Default: none, it is alone.</summary>
    public ClusterPart? Cluster { get; set; }

    /// <summary>The assemblies of grain classes and interfaces. Default: the product's.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [Assembly.Load("Actors.GrainInterfaces"), Assembly.Load("Actors.Grains")];
}
