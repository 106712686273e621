using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Memory;

/// <summary>What is to be sent, and what came of it: for tests.</summary>
internal sealed class MemoryDeliveryStore(MemoryNotifications tables) : IDeliveryStore
{
    public ValueTask<ImmutableArray<DueDelivery>> ReadDueAsync(
        PushQueueKey queue, DeliveryLane maxLane, DateTimeOffset now, int limit, CancellationToken cancellationToken) => Read<DueDelivery>(deliveries =>
    [
        .. deliveries
            .Where(found => found.IsIn(queue) && found.Delivery.Lane <= maxLane && found.Delivery.Due <= now)
            .OrderBy(found => found.Delivery.Lane).ThenBy(found => found.Delivery.Due).Take(limit)
            .Select(found => new DueDelivery(found.Delivery, tables.Messages[found.Delivery.Message].Message.Content, found.Attempts)),
    ]);

    public ValueTask<DateTimeOffset?> NextDueAsync(PushQueueKey queue, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult(tables.Deliveries.Values.Where(found => found.IsIn(queue)).Min(found => (DateTimeOffset?)found.Delivery.Due));
        }
    }

    public ValueTask<ImmutableArray<PushQueueKey>> QueuesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => Read<PushQueueKey>(deliveries =>
        [.. deliveries.Where(found => found.IsWaiting && found.Delivery.Due <= now).Select(found => found.Delivery.Target.Queue).Distinct().Take(limit)]);

    public ValueTask RecordAsync(ImmutableArray<DeliveryResult> results, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            foreach (var result in results)
            {
                if (tables.Deliveries.TryGetValue((result.Notification, result.Device, result.Kind), out var found) && found.IsWaiting)
                {
                    (found.State, found.Delivery) = (result.State, found.Delivery with { Due = result.Due });
                    if (result.IsAttempt)
                    {
                        (found.Attempts, found.LastStatus, found.LastAttempt) = (found.Attempts + 1, result.Status, result.At);
                    }
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<DeliveryInfo>> ListAsync(string notification, int limit, CancellationToken cancellationToken) => Read<DeliveryInfo>(deliveries =>
    [
        .. deliveries
            .Where(found => found.Delivery is { Kind: DeliveryKind.Show } show && show.Notification == notification)
            .OrderBy(found => found.Delivery.Device, Utf8Order.Instance).Take(limit)
            .Select(found => new DeliveryInfo(
                notification, found.Delivery.User, found.Delivery.Device, found.State, found.Attempts, found.LastStatus, found.LastAttempt, found.Shown)),
    ]);

    public ValueTask<ImmutableArray<DeliveryCount>> CountAsync(string message, CancellationToken cancellationToken) => Read<DeliveryCount>(deliveries =>
    [
        .. deliveries
            .Where(found => found.Delivery is { Kind: DeliveryKind.Show } show && show.Message == message)
            .GroupBy(found => found.State).OrderBy(state => state.Key).Select(state => new DeliveryCount(state.Key, state.LongCount())),
    ]);

    public ValueTask<ImmutableArray<DeviceSuccess>> LastSuccessAsync(string user, CancellationToken cancellationToken) => Read<DeviceSuccess>(deliveries =>
    [
        .. deliveries
            .Where(found => found.Delivery.User == user && found.State is DeliveryState.Sent)
            .GroupBy(found => found.Delivery.Device, StringComparer.Ordinal).OrderBy(device => device.Key, Utf8Order.Instance)
            .Select(device => new DeviceSuccess(device.Key, device.Max(found => found.LastAttempt!.Value))),
    ]);

    public ValueTask RedirectAsync(string user, string device, PushTarget target, CancellationToken cancellationToken) =>
        ChangeAsync(user, device, found => found.Delivery = found.Delivery with { Target = target });

    public ValueTask CancelAsync(string user, string device, CancellationToken cancellationToken) => ChangeAsync(user, device, found => found.State = DeliveryState.Gone);

    public ValueTask<bool> ShownAsync(string notification, string device, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            var isThere = tables.Deliveries.TryGetValue((notification, device, DeliveryKind.Show), out var found);
            found?.Shown ??= at;
            return ValueTask.FromResult(isThere);
        }
    }

    public ValueTask<ImmutableArray<QueueLength>> LengthsAsync(int limit, CancellationToken cancellationToken) => Read<QueueLength>(deliveries =>
    [
        .. deliveries
            .Where(found => found.IsWaiting).GroupBy(found => found.Delivery.Target.Queue.Origin, StringComparer.Ordinal)
            .OrderBy(origin => origin.Key, Utf8Order.Instance).Take(limit)
            .Select(origin => new QueueLength(origin.Key, origin.LongCount(), origin.Min(found => found.Delivery.Queued))),
    ]);

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            var old = tables.Deliveries.Where(found => found.Value.Delivery.Queued < before).Take(limit).Select(found => found.Key).ToList();
            old.ForEach(key => tables.Deliveries.Remove(key));
            return ValueTask.FromResult(old.Count);
        }
    }

    private ValueTask<ImmutableArray<T>> Read<T>(Func<IEnumerable<MemoryDelivery>, ImmutableArray<T>> read)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult(read(tables.Deliveries.Values));
        }
    }

    private ValueTask ChangeAsync(string user, string device, Action<MemoryDelivery> change)
    {
        lock (tables.Lock)
        {
            foreach (var found in tables.Deliveries.Values.Where(found => found.IsOf(user, device)))
            {
                change(found);
            }
        }

        return ValueTask.CompletedTask;
    }
}
