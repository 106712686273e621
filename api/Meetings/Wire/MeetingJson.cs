using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Actors.Meetings;

namespace Actors.Api.Meetings.Wire;

/// <summary>A meeting as its caller reads it.</summary>
internal static class MeetingJson
{
    /// <summary>Texts as they are.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_numbers = ["createTime", "duration"];
    private static readonly string[] s_flags = ["hasUserJoined", "hasBeenForciblyEnded"];

    /// <param name="json">Where to.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="address">The beginning of our addresses, without a slash at the end.</param>
    /// <param name="isWhole">Whether the caller may know what participants may not.</param>
    public static void Write(Utf8JsonWriter json, MeetingInfo meeting, string address, bool isWhole)
    {
        var url = $"{address}/bbb/{meeting.Content.Slug}/meeting/{meeting.Id:D}/";
        json.WriteStartObject();
        json.WriteString("guid", meeting.Id);
        json.WriteString("idempotent_id", meeting.Content.IdempotentId);
        json.WriteString("name", meeting.Content.Name);
        json.WriteString("created", Time(meeting.Created));
        json.WriteString("updated", Time(meeting.Updated));
        json.WriteBoolean("running", meeting.Running);
        WriteTime(json, "last_time_running", meeting.LastTimeRunning);
        json.WriteString("url", url);
        json.WriteString("is_running_url", url + "is-running/");
        json.WriteString("join_user_url", $"{url}join/user/{meeting.UserKey}/");
        if (isWhole)
        {
            json.WriteString("join_agent_url", $"{url}join/agent/{meeting.AgentKey}/");
        }

        json.WritePropertyName("metadata");
        json.WriteRawValue(meeting.Content.Metadata);
        WriteAnswer(json, meeting, isWhole);
        json.WriteEndObject();
    }

    /// <summary>Seconds, and no fraction: what the seed's callers read.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, Time(known));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteAnswer(Utf8JsonWriter json, MeetingInfo meeting, bool isWhole)
    {
        json.WriteStartObject("bbb_meeting_info");
        foreach (var (name, value) in meeting.CreateAnswer.DistinctBy(value => value.Name, StringComparer.Ordinal))
        {
            if (isWhole || !name.EndsWith("PW", StringComparison.Ordinal))
            {
                json.WritePropertyName(JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
                WriteValue(json, name, value);
            }
        }

        if (isWhole)
        {
            json.WriteString("logout_url", meeting.Content.CreateParameters.FirstOrDefault(parameter => parameter.Name == "logoutURL")?.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, string value)
    {
        if (s_numbers.Contains(name) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumberValue(number);
        }
        else if (s_flags.Contains(name) && value is "true" or "false")
        {
            json.WriteBooleanValue(value is "true");
        }
        else
        {
            json.WriteStringValue(value);
        }
    }
}
