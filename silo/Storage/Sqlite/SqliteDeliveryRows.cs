using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Puts deliveries into the queues, in the transaction of the notification that they are for.</summary>
internal static class SqliteDeliveryRows
{
    private static readonly Sql s_insert = new(
        "INSERT INTO push_delivery (notification, device, kind, user_id, message, lane, origin, part, endpoint, p256dh, auth, queued, due, expires) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING");

    public static void Add(SqliteSession session, ImmutableArray<NewDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            var target = delivery.Target;
            session[s_insert]
                .Bind(1, delivery.Notification).Bind(2, delivery.Device).Bind(3, (long)delivery.Kind).Bind(4, delivery.User).Bind(5, delivery.Message)
                .Bind(6, (long)delivery.Lane).Bind(7, target.Queue.Origin).Bind(8, target.Queue.Part).Bind(9, target.Endpoint)
                .Bind(10, target.P256dh.Span).Bind(11, target.Auth.Span).Bind(12, delivery.Queued).Bind(13, delivery.Due).Bind(14, delivery.Expires).Run();
        }
    }
}
