using System.Security.Cryptography;
using System.Text;

namespace Actors.Notifications;

/// <summary>Ids of notifications follow from their message's, so that whoever says it again says the same.</summary>
public static class NotificationIds
{
    private const char Separator = '.';
    private const int HashBytes = 8;

    /// <summary>The id of a message's notification to one of many users.</summary>
    public static string OfMany(string message, string user)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(user), hash);
        return $"{message}{Separator}{Convert.ToHexStringLower(hash[..HashBytes])}";
    }

    /// <summary>The message that a notification belongs to.</summary>
    public static string MessageOf(string notification) => notification.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var end ? notification[..end] : notification;
}
