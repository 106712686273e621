using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Memory;

/// <summary>The lists of notifications: for tests.</summary>
internal sealed class MemoryNotificationStore(MemoryNotifications tables) : INotificationStore
{
    public ValueTask<bool> AddAsync(StoredNotification notification, ImmutableArray<NewDelivery> deliveries, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            var listed = new ListedNotification(notification, ReadOnlyMemory<byte>.Empty, NotificationMark.None, MarkedAt: null);
            var isNew = tables.Notifications.TryAdd((notification.User, notification.Id), listed);
            if (isNew)
            {
                tables.Queue(deliveries);
            }

            return ValueTask.FromResult(isNew);
        }
    }

    public ValueTask<ImmutableArray<ListedNotification>> ListAsync(
        string user, bool isNew, NotificationCursor? before, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult<ImmutableArray<ListedNotification>>(
            [
                .. Valid(user, now)
                    .Where(listed => isNew ? listed.Mark is NotificationMark.None : listed.Mark is not NotificationMark.Forgotten)
                    .Where(listed => before is null || IsBefore(listed.Notification, before))
                    .OrderByDescending(listed => listed.Notification.Created).ThenByDescending(listed => listed.Notification.Id, Utf8Order.Instance)
                    .Take(limit).Select(WithContent),
            ]);
        }
    }

    public ValueTask<ListedNotification?> ReadAsync(string user, string id, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult(tables.Notifications.TryGetValue((user, id), out var listed) ? WithContent(listed) : null);
        }
    }

    public ValueTask<int> CountNewAsync(string user, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult(Valid(user, now).Where(listed => listed.Mark is NotificationMark.None).Take(limit).Count());
        }
    }

    public ValueTask<NotificationMark?> MarkAsync(
        string user, string id, NotificationMark mark, DateTimeOffset at, ImmutableArray<NewDelivery> removals, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            if (!tables.Notifications.TryGetValue((user, id), out var listed))
            {
                return ValueTask.FromResult<NotificationMark?>(null);
            }

            if (listed.Mark < mark)
            {
                tables.Notifications[(user, id)] = listed with { Mark = mark, MarkedAt = listed.MarkedAt ?? at };
                foreach (var delivery in tables.Deliveries.Values.Where(found => found.IsWaiting && found.Delivery is { Kind: DeliveryKind.Show } show && show.Notification == id && show.User == user))
                {
                    delivery.State = DeliveryState.Expired;
                }

                tables.Queue(removals);
            }

            return ValueTask.FromResult<NotificationMark?>(listed.Mark);
        }
    }

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            var old = tables.Notifications.Where(found => found.Value.Notification.Created < before).Take(limit).Select(found => found.Key).ToList();
            old.ForEach(key => tables.Notifications.Remove(key));
            return ValueTask.FromResult(old.Count);
        }
    }

    private static bool IsBefore(StoredNotification notification, NotificationCursor cursor) =>
        notification.Created < cursor.Created || notification.Created == cursor.Created && Utf8Order.Instance.Compare(notification.Id, cursor.Id) < 0;

    private IEnumerable<ListedNotification> Valid(string user, DateTimeOffset now) =>
        tables.Notifications.Values.Where(listed => listed.Notification.User == user && !(listed.Notification.ValidTo <= now));

    private ListedNotification WithContent(ListedNotification listed) => listed with { Content = tables.Messages[listed.Notification.Message].Message.Content };
}
