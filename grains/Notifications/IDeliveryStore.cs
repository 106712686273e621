using System.Collections.Immutable;

namespace Actors.Notifications;

/// <summary>What is to be sent to devices, and what came of it. A delivery is one notification, one device, one kind.</summary>
public interface IDeliveryStore
{
    /// <summary>Deliveries of a queue that are due (pending or retrying), by lane, then by when they are due.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="maxLane">Only of lanes up to this one.</param>
    /// <param name="now">What is due then.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<DueDelivery>> ReadDueAsync(PushQueueKey queue, DeliveryLane maxLane, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>When the next delivery of a queue is due, or null when nothing is to be sent.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(PushQueueKey queue, CancellationToken cancellationToken);

    /// <summary>Queues that have something due, at most <paramref name="limit"/>.</summary>
    ValueTask<ImmutableArray<PushQueueKey>> QueuesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Writes what came of some, in one transaction. Only pending and retrying ones change; attempts count one up where <see cref="DeliveryResult.IsAttempt"/>.</summary>
    ValueTask RecordAsync(ImmutableArray<DeliveryResult> results, CancellationToken cancellationToken);

    /// <summary>The deliveries of a notification (kind Show), by device, at most <paramref name="limit"/>.</summary>
    ValueTask<ImmutableArray<DeliveryInfo>> ListAsync(string notification, int limit, CancellationToken cancellationToken);

    /// <summary>How the deliveries (kind Show) of a whole message stand, by state; states without any are left out.</summary>
    ValueTask<ImmutableArray<DeliveryCount>> CountAsync(string message, CancellationToken cancellationToken);

    /// <summary>When each device of a user last took something (state sent).</summary>
    ValueTask<ImmutableArray<DeviceSuccess>> LastSuccessAsync(string user, CancellationToken cancellationToken);

    /// <summary>A device has a new subscription: what was not sent yet goes there.</summary>
    ValueTask RedirectAsync(string user, string device, PushTarget target, CancellationToken cancellationToken);

    /// <summary>A device is subscribed no more: what was not sent yet is gone.</summary>
    ValueTask CancelAsync(string user, string device, CancellationToken cancellationToken);

    /// <summary>A device says that it shows a notification; the first time counts. False when there was no such delivery.</summary>
    ValueTask<bool> ShownAsync(string notification, string device, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>How much waits, by push service: for operators.</summary>
    ValueTask<ImmutableArray<QueueLength>> LengthsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Deletes deliveries queued before a time, at most <paramref name="limit"/>; how many.</summary>
    ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>What a delivery is for. Numbers are stored: never renumber.</summary>
public enum DeliveryKind
{
    /// <summary>To show a notification.</summary>
    Show = 0,

    /// <summary>To take it away, since it was acknowledged elsewhere.</summary>
    Remove = 1,
}

/// <summary>Which go first. Numbers are stored: never renumber.</summary>
public enum DeliveryLane
{
    /// <summary>Those of messages to one user.</summary>
    Direct = 0,

    /// <summary>Those of messages to many.</summary>
    Bulk = 1,
}

/// <summary>Where a device is reached.</summary>
/// <param name="Queue">The queue of its push service.</param>
/// <param name="Endpoint">Its address there.</param>
/// <param name="P256dh">Its public key: 65 bytes.</param>
/// <param name="Auth">Its secret: 16 bytes.</param>
public sealed record PushTarget(PushQueueKey Queue, string Endpoint, ReadOnlyMemory<byte> P256dh, ReadOnlyMemory<byte> Auth);

/// <summary>Something to send.</summary>
/// <param name="Notification">The notification's id.</param>
/// <param name="User">The user's id.</param>
/// <param name="Device">The device's id.</param>
/// <param name="Kind">What for.</param>
/// <param name="Message">The message's id.</param>
/// <param name="Lane">Which go first.</param>
/// <param name="Target">Where to.</param>
/// <param name="Queued">When it was queued.</param>
/// <param name="Due">When it is to be sent.</param>
/// <param name="Expires">After this it is given up.</param>
public sealed record NewDelivery(
    string Notification, string User, string Device, DeliveryKind Kind, string Message, DeliveryLane Lane, PushTarget Target,
    DateTimeOffset Queued, DateTimeOffset Due, DateTimeOffset Expires);

/// <summary>Something that is due.</summary>
/// <param name="Delivery">What was queued.</param>
/// <param name="Content">The content of its message, as the grains encoded it.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record DueDelivery(NewDelivery Delivery, ReadOnlyMemory<byte> Content, int Attempts);

/// <summary>What came of sending.</summary>
/// <param name="Notification">The notification's id.</param>
/// <param name="Device">The device's id.</param>
/// <param name="Kind">What for.</param>
/// <param name="State">How it stands now.</param>
/// <param name="IsAttempt">Whether the push service was asked at all; else attempts and last status stay as they are.</param>
/// <param name="Status">Its answer, 0 when there was none.</param>
/// <param name="At">When.</param>
/// <param name="Due">When it is to be sent again, where it is.</param>
public sealed record DeliveryResult(
    string Notification, string Device, DeliveryKind Kind, DeliveryState State, bool IsAttempt, int Status, DateTimeOffset At, DateTimeOffset Due);

/// <summary>When a device last took something.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="At">When.</param>
public sealed record DeviceSuccess(string Device, DateTimeOffset At);

/// <summary>What waits for a push service.</summary>
/// <param name="Origin">Its origin.</param>
/// <param name="Waiting">How many deliveries are pending or retrying.</param>
/// <param name="Oldest">When the oldest of them was queued.</param>
public sealed record QueueLength(string Origin, long Waiting, DateTimeOffset Oldest);
