using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Meetings;
using Actors.Silo.Mail;

namespace Actors.Api.Meetings.Links;

/// <summary>A personal link to make, as its caller writes it.</summary>
internal static class LinkBody
{
    /// <summary>The body at most.</summary>
    public const int MaxBytes = 16 << 10;

    private const int MaxId = 250;
    private const int MaxName = 250;
    private const int MaxUser = 128;

    /// <summary>Reads it, or says in a sentence what is wrong with it.</summary>
    public static ((LinkContent Content, bool Invites)? Link, string? Wrong) Read(JsonObject body)
    {
        string? wrong = null;
        var id = Text(body, "id", MaxId, isNeeded: true, ref wrong);
        var name = Text(body, "name", MaxName, isNeeded: true, ref wrong);
        var email = Text(body, "email", MaxName, isNeeded: false, ref wrong);
        var user = Text(body, "user", MaxUser, isNeeded: false, ref wrong);
        var role = Choice(body, "role", ["user", "agent"], ref wrong);
        var use = Choice(body, "use", ["multi", "single"], ref wrong);
        var locale = Choice(body, "locale", ["fr", "en"], ref wrong);
        var notBefore = Time(body, "not_before", ref wrong);
        var notAfter = Time(body, "not_after", ref wrong);
        var invites = Flag(body, "invite", ref wrong);
        if (email is not null && !MailAddresses.IsValid(email))
        {
            wrong ??= "email must be one mail address, such as ada@example.org.";
        }

        if (invites && email is null)
        {
            wrong ??= "invite needs an email to send the invitation to.";
        }

        if (notBefore > notAfter)
        {
            wrong ??= "not_after is before not_before.";
        }

        return wrong is null
            ? ((new LinkContent(id!, role == "agent" ? MeetingRole.Agent : MeetingRole.User, name!, email, user, use == "single", notBefore, notAfter, locale), invites), null)
            : (null, wrong);
    }

    private static string? Text(JsonObject body, string name, int max, bool isNeeded, ref string? wrong)
    {
        var text = body[name] is JsonValue value && value.TryGetValue(out string? given) ? given.Trim() : null;
        if (body[name] is null || text is "")
        {
            if (isNeeded)
            {
                wrong ??= $"{name} must be a text of 1 to {max.ToString(CultureInfo.InvariantCulture)} characters.";
            }

            return null;
        }

        if (text is null || text.Length > max || text.Any(char.IsControl))
        {
            wrong ??= $"{name} must be a text of {max.ToString(CultureInfo.InvariantCulture)} characters at most, in one line.";
            return null;
        }

        return text;
    }

    private static string Choice(JsonObject body, string name, string[] choices, ref string? wrong)
    {
        if (body[name] is null)
        {
            return choices[0];
        }

        if (body[name] is JsonValue value && value.TryGetValue(out string? text) && choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        wrong ??= $"{name} must be {string.Join(" or ", choices)}.";
        return choices[0];
    }

    private static DateTimeOffset? Time(JsonObject body, string name, ref string? wrong)
    {
        if (body[name] is null)
        {
            return null;
        }

        if (body[name] is JsonValue value && value.TryGetValue(out string? text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        wrong ??= $"{name} must be a time such as 2022-01-01T12:00:00Z.";
        return null;
    }

    private static bool Flag(JsonObject body, string name, ref string? wrong)
    {
        if (body[name] is null)
        {
            return false;
        }

        if (body[name] is JsonValue value && value.TryGetValue(out bool flag))
        {
            return flag;
        }

        wrong ??= $"{name} must be true or false.";
        return false;
    }
}
