using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Actors.TestKit.Clusters;

/// <summary>What tests ask of Microsoft Orleans.</summary>
internal static class EngineControls
{
    public static async Task DeactivateAllAsync(IServiceProvider services)
    {
        var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero);
    }
}
