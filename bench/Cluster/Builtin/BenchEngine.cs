using Actors.Bench.Engine;
using Actors.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Actors.Bench.Cluster;

/// <summary>What the measurements ask of the built-in engine.</summary>
internal static class BenchEngine
{
    /// <summary>Whether a silo that was given up while it stood still is of the cluster again when it goes on.</summary>
    public static bool JoinsAgain => true;

    /// <summary>Waits until the process is of the cluster.</summary>
    public static Task ActiveAsync(IServiceProvider services) => services.GetRequiredService<EngineControl>().Membership!.Active;

    /// <summary>How many silos there are, as the process knows.</summary>
    public static Task<int> SilosAsync(IServiceProvider services) =>
        Task.FromResult(services.GetRequiredService<EngineControl>().Membership!.View.Members.Length);

    /// <summary>The endpoint of the silo that holds a grain.</summary>
    public static Task<string> HolderAsync(IServiceProvider services, ICounterGrain grain) =>
        Task.FromResult(services.GetRequiredService<EngineControl>().Membership!.View.OwnerOf(grain.GetGrainId())!.Endpoint);
}
