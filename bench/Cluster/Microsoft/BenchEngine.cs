using Actors.Bench.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Actors.Bench.Cluster;

/// <summary>What the measurements ask of Microsoft Orleans.</summary>
internal static class BenchEngine
{
    /// <summary>A silo that was given up while it stood still ends itself when it goes on.</summary>
    public static bool JoinsAgain => false;

#pragma warning disable IDE0060 // the other engine needs it
    // A host that has started is of the cluster.
    public static Task ActiveAsync(IServiceProvider services) => Task.CompletedTask;
#pragma warning restore IDE0060

    public static async Task<int> SilosAsync(IServiceProvider services) => (await Management(services).GetHosts(onlyActive: true)).Count;

    /// <summary>The endpoint of the silo that holds a grain, which is called for that.</summary>
    public static async Task<string> HolderAsync(IServiceProvider services, ICounterGrain grain)
    {
        await grain.AddAsync(0);
        return (await Management(services).GetActivationAddress(grain))!.Endpoint.ToString();
    }

    private static IManagementGrain Management(IServiceProvider services) => services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
}
