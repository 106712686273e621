using System.Collections.Immutable;
using System.Text;
using Actors.Notifications;

namespace Actors.Engine.Tests.Storage.Notifications;

/// <summary>Rows to store.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly PushQueueKey Queue = new("https://push.example.org", 3);

    public static StoredMessage Message(string id, int minutes = 0, string? user = null, string? group = null, int total = 0, bool done = false) => new(
        id, [.. Encoding.UTF8.GetBytes(id)], Encoding.UTF8.GetBytes("content of " + id), Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), group, user, total, new MessageProgress(0, null, done));

    public static StoredNotification Notification(string user, string id, int minutes = 0, int? until = null) =>
        new(user, id, id, Noon.AddMinutes(minutes), until is { } end ? Noon.AddMinutes(end) : null);

    public static NewDelivery Delivery(
        string notification, string device, string user = "ada", DeliveryKind kind = DeliveryKind.Show, DeliveryLane lane = DeliveryLane.Direct, int minutes = 0, PushQueueKey? queue = null) => new(
        notification, user, device, kind, notification, lane, Target(device, queue ?? Queue), Noon, Noon.AddMinutes(minutes), Noon.AddDays(1));

    public static PushTarget Target(string device, PushQueueKey queue) =>
        new(queue, $"{queue.Origin}/{device}", Enumerable.Range(0, 65).Select(i => (byte)i).ToArray(), Enumerable.Range(0, 16).Select(i => (byte)i).ToArray());

    public static DeliveryResult Result(NewDelivery delivery, DeliveryState state, int status, int minutes, bool isAttempt = true) =>
        new(delivery.Notification, delivery.Device, delivery.Kind, state, isAttempt, status, Noon.AddMinutes(minutes), Noon.AddMinutes(minutes + 10));

    public static ImmutableArray<string> Users(int count) => [.. Enumerable.Range(0, count).Select(i => $"user-{i}")];
}
