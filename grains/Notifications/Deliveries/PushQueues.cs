using Orleans;

namespace Actors.Notifications.Deliveries;

/// <summary>Tells queues that they have something to send.</summary>
internal static class PushQueues
{
    /// <summary>They are not waited for: what they do not hear now the sweep tells them.</summary>
    public static void WakeQueues(this IGrainFactory grains, IEnumerable<string> queues)
    {
        foreach (var queue in queues)
        {
            _ = QuietlyAsync(grains.GetPushQueueGrain(PushQueueKey.Parse(queue)).WakeAsync());
        }
    }

    /// <summary>A call whose failure is mended by the next sweep.</summary>
    public static async Task QuietlyAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // the sweep comes in seconds
        }
    }
}
