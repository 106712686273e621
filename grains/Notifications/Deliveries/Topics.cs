using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Notifications.Deliveries;

/// <summary>
/// The topic of what is sent (RFC 8030, section 5.4). Each has one, so that what a service took, and a crash made us send
/// again, is there once; and so that taking a notification away takes the place of one that is still on its way.
/// </summary>
internal static class Topics
{
    private const int HashBytes = 24;

    /// <summary>The caller's topic, or the notification's own. What only takes away must not take the place of another notification.</summary>
    public static string Of(NewDelivery delivery, NotificationContent content) => (delivery.Kind, content.Topic) switch
    {
        (DeliveryKind.Show, { } topic) => topic,
        (DeliveryKind.Remove, { }) => Hash("remove:" + delivery.Notification),
        _ => Hash(delivery.Notification),
    };

    /// <summary>24 bytes are the 32 characters that a topic may have.</summary>
    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
}
