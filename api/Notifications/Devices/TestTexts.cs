using Actors.Notifications;

namespace Actors.Api.Notifications.Devices;

/// <summary>What a test says.</summary>
internal static class TestTexts
{
    private const int TtlSeconds = 3_600;

    public static NotificationContent In(string languages, DateTimeOffset now)
    {
        var isFrench = languages.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
        var (summary, body) = isFrench ? ("Essai", "Cet appareil reçoit vos notifications.") : ("Test", "This device receives your notifications.");
        return new NotificationContent(
            "test", summary, body, Url: null, Icon: null, Image: null, isFrench ? "fr" : "en", Actions: [], TtlSeconds, Urgency.High, Topic: null,
            ValidFrom: null, now.AddSeconds(TtlSeconds));
    }
}
