using System.Text.Json;
using Actors.Api.Meetings.Wire;
using Actors.Meetings;

namespace Actors.Api.Meetings.Links;

/// <summary>A personal link as its caller reads it.</summary>
internal static class LinkJson
{
    /// <param name="json">Where to.</param>
    /// <param name="meeting">The beginning of the meeting's address, with a slash at the end.</param>
    /// <param name="link">The link.</param>
    public static void Write(Utf8JsonWriter json, string meeting, LinkInfo link)
    {
        var content = link.Content;
        json.WriteStartObject();
        json.WriteString("id", content.Id);
        json.WriteString("role", content.Role is MeetingRole.Agent ? "agent" : "user");
        json.WriteString("name", content.Name);
        json.WriteString("email", content.Email);
        json.WriteString("user", content.User);
        json.WriteString("use", content.IsSingle ? "single" : "multi");
        json.WriteString("locale", content.Locale);
        WriteTime(json, "not_before", content.NotBefore);
        WriteTime(json, "not_after", content.NotAfter);
        WriteTime(json, "created", link.Created);
        WriteTime(json, "first_used", link.FirstUsed);
        json.WriteNumber("joined", link.Joined);
        WriteTime(json, "revoked", link.Revoked);
        WriteTime(json, "invited", link.Invited);
        json.WriteString("url", link.Revoked is null ? UrlOf(meeting, link.Key) : null);
        json.WriteEndObject();
    }

    /// <summary>The address of a link.</summary>
    public static string UrlOf(string meeting, string key) => $"{meeting}join/link/{key}/";

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) => json.WriteString(name, time is { } known ? MeetingJson.Time(known) : null);
}
