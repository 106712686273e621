using System.Globalization;

namespace Actors.Meetings.Conferences;

/// <summary>What a reminder says, in French or English.</summary>
internal static class ReminderTexts
{
    private const int MaxName = 150;

    /// <summary>The title and the text.</summary>
    /// <param name="name">The meeting's name.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="locale"><c>en</c>, or else French.</param>
    /// <param name="timeZone">In whose time: an IANA name.</param>
    public static (string Summary, string Body) Of(string name, DateTimeOffset start, string locale, string timeZone)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var known) ? known : TimeZoneInfo.Utc;
        var clock = TimeZoneInfo.ConvertTime(start, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        var line = new string([.. name.Where(character => !char.IsControl(character)).Take(MaxName)]);
        return locale == "en"
            ? ($"Soon: {line}", $"Your meeting begins at {clock} ({zone.Id}). A click leads you in.")
            : ($"Bientôt : {line}", $"Votre rendez-vous commence à {clock} ({zone.Id}). Un clic vous y mène.");
    }
}
