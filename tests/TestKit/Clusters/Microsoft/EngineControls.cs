using Actors.Silo.Storage;
using Actors.TestKit.Time;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Reminders;
using Orleans.Runtime;

namespace Actors.TestKit.Clusters;

/// <summary>What tests ask of Microsoft Orleans.</summary>
internal static class EngineControls
{
    public static void Add(IServiceCollection services, ManualTimeProvider clock) =>
        services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, new ReminderClock(clock));

    public static async Task DeactivateAllAsync(IServiceProvider services)
    {
        var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero);
    }

    /// <summary>Orleans keeps no account of ticks: it is ready when it has a timer for the next one.</summary>
    public static async Task ReminderSettledAsync(IServiceProvider services, IAddressable grain, string name, ManualTimeProvider clock)
    {
        var store = services.GetRequiredService<IReminderStore>();
        var id = grain.GetGrainId();
        var row = (await store.ReadAsync(new ReminderKey(id.Type.ToString()!, grain.GetPrimaryKeyString(), name), CancellationToken.None))!;
        var next = row.StartAt;
        while (next <= clock.GetUtcNow())
        {
            next += row.Period;
        }

        while (!clock.IsAwaited(next))
        {
            await Task.Yield();
        }
    }
}
