using Actors.Notifications;

namespace Actors.Silo.Storage.Memory;

/// <summary>What the stores of notifications share, as tables of a database do; as long as the process lives: for tests.</summary>
internal sealed class MemoryNotifications
{
    public Lock Lock { get; } = new();

    public Dictionary<string, (StoredMessage Message, System.Collections.Immutable.ImmutableArray<string> Users)> Messages { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string User, string Id), ListedNotification> Notifications { get; } = [];

    public Dictionary<(string Notification, string Device, DeliveryKind Kind), MemoryDelivery> Deliveries { get; } = [];

    public Dictionary<string, SortedDictionary<string, DateTimeOffset>> Groups { get; } = new(StringComparer.Ordinal);

    public void Queue(IEnumerable<NewDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            Deliveries.TryAdd((delivery.Notification, delivery.Device, delivery.Kind), new MemoryDelivery(delivery));
        }
    }
}

/// <summary>A delivery and what came of it.</summary>
internal sealed class MemoryDelivery(NewDelivery delivery)
{
    public NewDelivery Delivery { get; set; } = delivery;

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public int? LastStatus { get; set; }

    public DateTimeOffset? LastAttempt { get; set; }

    public DateTimeOffset? Shown { get; set; }

    public bool IsWaiting => State is DeliveryState.Pending or DeliveryState.Retrying;

    public bool IsIn(PushQueueKey queue) => IsWaiting && Delivery.Target.Queue == queue;

    public bool IsOf(string user, string device) => IsWaiting && Delivery.User == user && Delivery.Device == device;
}
