using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Actors.TestKit.Clusters;

/// <summary>What tests ask of Microsoft Orleans.</summary>
#pragma warning disable IDE0060 // the other engine needs them
internal static class EngineControls
{
    public static async Task DeactivateAllAsync(IServiceProvider services)
    {
        var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero);
    }

    /// <summary>Orleans keeps no account of ticks.</summary>
    public static Task ReminderSettledAsync(IServiceProvider services, IAddressable grain, string name, TimeProvider clock) => Task.CompletedTask;
}
