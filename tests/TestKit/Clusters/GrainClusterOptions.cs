using System.Reflection;
using Actors.Silo.Hosting;
using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.TestKit.Clusters;

/// <summary>What a test wants of its cluster.</summary>
public sealed class GrainClusterOptions
{
    /// <summary>Assemblies with grains beside the product's own.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>The storage. Default: in memory; its services outlive restarts.</summary>
    public Action<IServiceCollection> Storage { get; set; } = services => services.AddMemoryStorage();

    /// <summary>Whether the storage's services live on over restarts (in memory) or are made again (in files). Default: true.</summary>
    public bool KeepsStorageServices { get; set; } = true;

    /// <summary>More services, or others in place of the usual ones; applied last, at each start.</summary>
    public Action<IServiceCollection> Services { get; set; } = _ => { };

    /// <summary>Changes the silo's own options.</summary>
    public Action<ActorsSiloOptions> Silo { get; set; } = _ => { };

    /// <summary>Whether time is the machine's. Default: false, time moves by <see cref="IGrainCluster.Clock"/>.</summary>
    public bool RealTime { get; set; }
}
