using Actors.Engine.Hosting;
using Actors.Silo.Storage;
using Actors.TestKit.Time;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Actors.TestKit.Clusters;

/// <summary>What tests ask of the built-in engine.</summary>
internal static class EngineControls
{
#pragma warning disable IDE0060 // the other engine needs them
    public static void Add(IServiceCollection services, ManualTimeProvider clock)
    {
    }
#pragma warning restore IDE0060

    public static Task DeactivateAllAsync(IServiceProvider services) =>
        services.GetRequiredService<EngineControl>().DeactivateAllAsync();

    /// <summary>A tick that was sent is over once its reminder is due at a later time; one that was missed has not begun.</summary>
    public static async Task ReminderSettledAsync(IServiceProvider services, IAddressable grain, string name, ManualTimeProvider clock)
    {
        var store = services.GetRequiredService<IReminderStore>();
        var key = new ReminderKey(grain.GetGrainId().Type.ToString()!, grain.GetPrimaryKeyString(), name);
        while (IsUnderWay((await store.ReadAsync(key, CancellationToken.None))!, clock.GetUtcNow()))
        {
            await Task.Yield();
        }
    }

    // Due, and claimed until later.
    private static bool IsUnderWay(ReminderRow row, DateTimeOffset now) => row.DueAt <= now && row.AttemptAt > now;
}
