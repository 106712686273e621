using System.Globalization;
using System.Text.Json;
using Actors.Meetings;

namespace Actors.Api.Meetings.Lobby;

/// <summary>A meeting as its visitors see it.</summary>
/// <param name="Id">Its guid.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Start">When it begins, or null.</param>
/// <param name="Duration">How many minutes it takes, or null.</param>
/// <param name="Place">Where else it is, or null.</param>
/// <param name="Prepare">What to have at hand.</param>
/// <param name="Opens">When the button appears, or null when it is there always.</param>
/// <param name="Closes">When the links end, or null.</param>
/// <param name="Over">Whether it has taken place, or its time is over.</param>
/// <param name="Running">Whether somebody is in it.</param>
/// <param name="Participants">How many.</param>
/// <param name="AsksName">Whether visitors say as whom they come in.</param>
/// <param name="JoinUrl">The users' link.</param>
/// <param name="Now">The server's clock.</param>
public sealed record LobbyBody(
    Guid Id,
    string Name,
    DateTimeOffset? Start,
    double? Duration,
    string? Place,
    IReadOnlyList<string> Prepare,
    DateTimeOffset? Opens,
    DateTimeOffset? Closes,
    bool Over,
    bool Running,
    int Participants,
    bool AsksName,
    string JoinUrl,
    DateTimeOffset Now)
{
    private const int MaxTexts = 50;

    /// <summary>How long before the beginning people may come in when nobody said.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    internal static LobbyBody Of(MeetingInfo meeting, MeetingPresence presence, string address, DateTimeOffset now)
    {
        using var metadata = JsonDocument.Parse(meeting.Content.Metadata);
        var root = metadata.RootElement;
        var start = Time(root);
        var duration = Number(root, "duration");
        var opens = meeting.Content.NotBefore ?? start - Early;
        var closes = meeting.Content.NotAfter;
        return new LobbyBody(
            meeting.Id, meeting.Content.Name, start, duration, FirstText(root, "place"), Texts(root, "prepare"), opens, closes,
            IsOver(meeting, presence, start, duration, now), presence.Running, presence.Participants,
            meeting.Content.UserFullName is null, $"{address}/bbb/{meeting.Content.Slug}/meeting/{meeting.Id:D}/join/user/{meeting.UserKey}/", now);
    }

    /// <summary>The time of its links is over, or somebody was in it and its planned end has passed.</summary>
    private static bool IsOver(MeetingInfo meeting, MeetingPresence presence, DateTimeOffset? start, double? duration, DateTimeOffset now) =>
        !presence.Running
        && (now > meeting.Content.NotAfter
            || (meeting.LastTimeRunning is not null && start is { } begins && duration is { } minutes && now > begins.AddMinutes(minutes)));

    private static DateTimeOffset? Time(JsonElement metadata) =>
        metadata.TryGetProperty("start", out var value) && value.ValueKind is JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>Forms have numbers as texts.</summary>
    private static double? Number(JsonElement metadata, string name) =>
        metadata.TryGetProperty(name, out var value)
        && double.TryParse(value.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000
            ? number
            : null;

    private static string? FirstText(JsonElement metadata, string name) => Texts(metadata, name) is [var first, ..] ? first : null;

    private static IReadOnlyList<string> Texts(JsonElement metadata, string name) => metadata.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Number => [value.ToString()],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!).Take(MaxTexts)],
            _ => [],
        }
        : [];
}
