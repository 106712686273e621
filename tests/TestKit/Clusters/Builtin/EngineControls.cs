using Actors.Engine.Hosting;
using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Actors.TestKit.Clusters;

/// <summary>What tests ask of the built-in engine.</summary>
internal static class EngineControls
{
    public static Task DeactivateAllAsync(IServiceProvider services) =>
        services.GetRequiredService<EngineControl>().DeactivateAllAsync();

    /// <summary>A tick is over once its reminder is due at a later time.</summary>
    public static async Task ReminderSettledAsync(IServiceProvider services, IAddressable grain, string name, TimeProvider clock)
    {
        var store = services.GetRequiredService<IReminderStore>();
        var key = new ReminderKey(grain.GetGrainId().Type.ToString()!, grain.GetPrimaryKeyString(), name);
        while ((await store.ReadAsync(key, CancellationToken.None))!.DueAt <= clock.GetUtcNow())
        {
            await Task.Yield();
        }
    }
}
