using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Meetings;

namespace Actors.Api.Meetings.Wire;

/// <summary>A meeting to make, as its caller writes it: nested, or flattened with slashes (<c>"create_parameters/logoutURL"</c>).</summary>
internal static class MeetingBody
{
    /// <summary>The body at most.</summary>
    public const int MaxBytes = 64 << 10;

    private const int MaxName = 250;
    private const int MaxId = 250;
    private const int MaxFullName = 250;
    private const int MaxParameters = 100;
    private const int MaxParameterBytes = 6_000;
    private const int MaxMetadataBytes = 16 << 10;

    /// <summary>What only we may say, in a call or in a join.</summary>
    private static readonly ImmutableHashSet<string> s_reserved = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "meetingID", "name", "checksum", "checksumHash", "attendeePW", "moderatorPW", "password", "role", "createTime", "redirect", "meetingEndedURL");

    /// <summary>Reads it, or says in a sentence what is wrong with it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static (MeetingContent? Content, string? Wrong) Read(string slug, JsonObject body)
    {
        var whole = Unflatten(body);
        if (TextOf(whole, "name") is not { } name || string.IsNullOrWhiteSpace(name) || name.Length > MaxName)
        {
            return (null, $"name must be a text of 1 to {MaxName} characters.");
        }

        if (IdOf(whole) is not { Length: > 0 and <= MaxId } id)
        {
            return (null, $"idempotent_id must be a text of 1 to {MaxId} characters.");
        }

        string? wrong = null;
        var create = Parameters(whole, "create_parameters", ref wrong);
        var user = Parameters(whole, "join_user_parameters", ref wrong);
        var agent = Parameters(whole, "join_agent_parameters", ref wrong);
        var userName = FullName(whole, "user_full_name", ref wrong);
        var agentName = FullName(whole, "agent_full_name", ref wrong);
        var notBefore = Time(whole, "not_before", ref wrong);
        var notAfter = Time(whole, "not_after", ref wrong);
        var metadata = Metadata(whole, ref wrong);
        if (notBefore > notAfter)
        {
            wrong ??= "not_after is before not_before.";
        }

        return wrong is null
            ? (new MeetingContent(slug, id, name, create, user, agent, userName, agentName, metadata, notBefore, notAfter), null)
            : (null, wrong);
    }

    /// <summary>Members with slashes in their names become nested ones; what is nested already stays.</summary>
    internal static JsonObject Unflatten(JsonObject body)
    {
        var whole = new JsonObject();
        foreach (var (name, value) in body)
        {
            var steps = name.Split('/');
            var target = whole;
            foreach (var step in steps[..^1])
            {
                if (target[step] is not JsonObject inner)
                {
                    target[step] = inner = [];
                }

                target = inner;
            }

            Merge(target, steps[^1], value);
        }

        return whole;
    }

    private static void Merge(JsonObject target, string name, JsonNode? value)
    {
        if (target[name] is JsonObject there && value is JsonObject more)
        {
            foreach (var (inner, item) in more)
            {
                Merge(there, inner, item);
            }

            return;
        }

        target[name] = value?.DeepClone();
    }

    private static string? TextOf(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue(out string? text) && IsText(text) ? text : null;

    /// <summary>Forms have numbers; a number is as good a name as a text.</summary>
    private static string? IdOf(JsonObject body) => body["idempotent_id"] is JsonValue value && Scalar(value) is { } text && IsText(text) ? text : null;

    private static bool IsText(string text) => !text.Any(char.IsControl);

    private static ImmutableArray<MeetingParameter> Parameters(JsonObject body, string name, ref string? wrong)
    {
        if (body[name] is null)
        {
            return [];
        }

        if (body[name] is not JsonObject given || given.Count > MaxParameters)
        {
            wrong ??= $"{name} must be an object with {MaxParameters} members at most.";
            return [];
        }

        var parameters = ImmutableArray.CreateBuilder<MeetingParameter>();
        foreach (var (key, value) in given.Where(member => !s_reserved.Contains(member.Key)))
        {
            if (value is null)
            {
                continue;
            }

            if (value is not JsonValue scalar || Scalar(scalar) is not { } text || !IsText(text) || !IsText(key) || key.Length == 0)
            {
                wrong ??= $"{name} has a member that is no text, number or boolean.";
                return [];
            }

            parameters.Add(new MeetingParameter(key, text));
        }

        if (parameters.Sum(parameter => Encoding.UTF8.GetByteCount(parameter.Name) + Encoding.UTF8.GetByteCount(parameter.Value)) > MaxParameterBytes)
        {
            wrong ??= $"{name} must be {MaxParameterBytes} bytes at most.";
            return [];
        }

        parameters.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return parameters.ToImmutable();
    }

    private static string? Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.ToJsonString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static string? FullName(JsonObject body, string name, ref string? wrong)
    {
        // an empty field of a form is none
        if (body[name] is null || (TextOf(body, name) is { } empty && string.IsNullOrWhiteSpace(empty)))
        {
            return null;
        }

        if (TextOf(body, name) is { Length: <= MaxFullName } text)
        {
            return text;
        }

        wrong ??= $"{name} must be a text of {MaxFullName} characters at most.";
        return null;
    }

    private static DateTimeOffset? Time(JsonObject body, string name, ref string? wrong)
    {
        if (body[name] is null || TextOf(body, name) is "")
        {
            return null;
        }

        if (TextOf(body, name) is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        wrong ??= $"{name} must be a time such as 2022-01-01T12:00:00Z.";
        return null;
    }

    private static string Metadata(JsonObject body, ref string? wrong)
    {
        if (body["metadata"] is null)
        {
            return "{}";
        }

        if (body["metadata"] is not JsonObject given)
        {
            wrong ??= "metadata must be an object.";
            return "{}";
        }

        var text = Sort(given)!.ToJsonString(MeetingJson.Options);
        if (Encoding.UTF8.GetByteCount(text) > MaxMetadataBytes)
        {
            wrong ??= $"metadata must be {MaxMetadataBytes} bytes at most.";
        }

        return text;
    }

    /// <summary>The same content in another order is the same content.</summary>
    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
