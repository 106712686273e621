using System.Collections.Immutable;
using Actors.Notifications.Deliveries;

namespace Actors.Notifications.Users;

/// <summary>What is to be sent to which of a user's devices, and when.</summary>
internal static class DeliveryPlan
{
    /// <summary>A push service keeps nothing that is to be had at once or not at all; we ask it at once, or not at all.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(1);

    /// <summary>One delivery for each device that wants to hear of it.</summary>
    public static ImmutableArray<NewDelivery> Show(string user, UserState state, NotifyUser command, TimeSpan giveUpAfter, DateTimeOffset now)
    {
        var content = command.Content;
        var isUrgent = content.Urgency is Urgency.High;
        var expires = Earlier(command.Created + Shorter(giveUpAfter, Longer(AtOnce, TimeSpan.FromSeconds(content.Ttl))), content.ValidTo);
        return
        [
            .. from device in state.Devices
               where !device.IsOff && (isUrgent || !IsMuted(state.Preferences, content.Origin) && !IsMuted(device.Preferences, content.Origin))
               let due = isUrgent ? now : Later(Quiet.EndAt(state.Preferences?.Quiet, now), Quiet.EndAt(device.Preferences?.Quiet, now))
               select new NewDelivery(
                   command.Id, user, device.Id, DeliveryKind.Show, command.Message, command.IsBulk ? DeliveryLane.Bulk : DeliveryLane.Direct,
                   TargetOf(user, device), now, due, expires),
        ];
    }

    /// <summary>To a device alone, whatever it wants.</summary>
    public static NewDelivery Test(string user, StoredDevice device, string notification, DateTimeOffset now) => new(
        notification, user, device.Id, DeliveryKind.Show, notification, DeliveryLane.Direct, TargetOf(user, device), now, now, now + TimeSpan.FromHours(1));

    /// <summary>What takes a notification away from the devices that were sent it.</summary>
    public static ImmutableArray<NewDelivery> Remove(
        string user, UserState state, string notification, IReadOnlyList<DeliveryInfo> sent, string? actingDevice, TimeSpan giveUpAfter, DateTimeOffset now) =>
    [
        .. from delivery in sent
           where delivery.State is DeliveryState.Sent && delivery.Device != actingDevice
           let device = state.Devices.FirstOrDefault(device => device.Id == delivery.Device)
           where device is { IsOff: false } && DeliveryRules.MayBeSilent(device.Subscription.Endpoint)
           select new NewDelivery(
               notification, user, device.Id, DeliveryKind.Remove, NotificationIds.MessageOf(notification), DeliveryLane.Direct,
               TargetOf(user, device), now, now, now + giveUpAfter),
    ];

    /// <summary>Where a device is reached.</summary>
    public static PushTarget TargetOf(string user, StoredDevice device)
    {
        var subscription = device.Subscription;
        return new(
            new PushQueueKey(Devices.OriginOf(subscription), DeliveryRules.PartOf(user)), subscription.Endpoint,
            subscription.P256dh.AsMemory(), subscription.Auth.AsMemory());
    }

    private static bool IsMuted(PushPreferences? preferences, string origin) =>
        preferences is not null && preferences.MutedOrigins.Contains(origin, StringComparer.Ordinal);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
