using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Notifications;

namespace Actors.Api.Notifications.Portal;

/// <summary>A message, as a portal writes it.</summary>
/// <param name="Id">Its id, or null when the portal gives none.</param>
/// <param name="Command">What to send.</param>
/// <param name="IsList">Whether it names a list of users.</param>
internal sealed record SentMessage(string? Id, SendMessage Command, bool IsList);

/// <summary>Reads messages; says in a sentence what is wrong.</summary>
internal sealed class MessageReader(JsonElement body)
{
    /// <summary>100,000 users of the longest ids, and a text.</summary>
    public const int MaxBytes = 20 << 20;

    private const int MaxUsers = 100_000;
    private const int MaxOrigin = 64;
    private const int MaxSummary = 200;
    private const int MaxBody = 2_000;
    private const int MaxUrl = 1_000;
    private const int MaxLocale = 35;
    private const int MaxActions = 2;
    private const int MaxAction = 32;
    private const int MaxTitle = 60;
    private const int MaxTopic = 32;

    private string? _wrong;

    /// <summary>Reads it.</summary>
    public static (SentMessage? Message, string? Wrong) Read(JsonElement body, DateTimeOffset now)
    {
        var reader = new MessageReader(body);
        var message = reader.Read(now);
        return reader._wrong is null ? (message, null) : (null, reader._wrong);
    }

    private SentMessage Read(DateTimeOffset now)
    {
        var id = Text("id", 64);
        if (id is not null && !Ids.IsMessage(id))
        {
            Refuse("id must be 1 to 64 of A-Z, a-z, 0-9, - and _.");
        }

        var (user, users, group) = Recipients();
        var content = new NotificationContent(
            Text("origin", MaxOrigin, isNeeded: true) ?? "", Text("summary", MaxSummary, isNeeded: true) ?? "", Text("body", MaxBody, isOneLine: false) ?? "",
            Link(body, "url"), Link(body, "icon"), Link(body, "image"), Text("locale", MaxLocale), Actions(), Ttl(), Urgent(), Topic(), Time("validFrom"), Time("validTo"));
        if (content.ValidTo <= content.ValidFrom)
        {
            Refuse("validTo is not after validFrom.");
        }
        else if (content.ValidTo <= now)
        {
            Refuse("validTo is over.");
        }

        return new SentMessage(id, new SendMessage(Fingerprint(content, user, users, group), content, user, users, group), body.TryGetProperty("users", out _));
    }

    private static ImmutableArray<byte> Fingerprint(NotificationContent content, string? user, ImmutableArray<string> users, string? group)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(content));
        foreach (var name in (string[])["user", user ?? "", "group", group ?? "", "users", .. users])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData([0]);
        }

        return [.. hash.GetHashAndReset()];
    }

    private (string? User, ImmutableArray<string> Users, string? Group) Recipients()
    {
        var user = Text("user", 128);
        var group = Text("group", 128);
        var isList = body.TryGetProperty("users", out var list);
        if ((user is null ? 0 : 1) + (group is null ? 0 : 1) + (isList ? 1 : 0) != 1)
        {
            Refuse("Give one of user, users and group.");
            return (null, [], null);
        }

        if (!isList && !Ids.IsUser(user ?? group))
        {
            Refuse("A user or group is an id of 1 to 128 characters.");
        }

        return (user, isList ? Users(list) : [], group);
    }

    private ImmutableArray<string> Users(JsonElement list)
    {
        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxUsers)
        {
            Refuse("users must be a list of 1 to 100,000 ids.");
            return [];
        }

        var seen = new HashSet<string>(list.GetArrayLength(), StringComparer.Ordinal);
        var users = ImmutableArray.CreateBuilder<string>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            var id = item.ValueKind is JsonValueKind.String ? item.GetString() : null;
            if (!Ids.IsUser(id))
            {
                Refuse("users must be ids of 1 to 128 characters.");
                return [];
            }

            if (seen.Add(id!))
            {
                users.Add(id!);
            }
        }

        return users.DrainToImmutable();
    }

    private ImmutableArray<NotificationAction> Actions()
    {
        if (!body.TryGetProperty("actions", out var list) || list.ValueKind is JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() > MaxActions || list.EnumerateArray().Any(action => action.ValueKind is not JsonValueKind.Object))
        {
            Refuse("actions must be a list of 2 objects at most.");
            return [];
        }

        var actions = ImmutableArray.CreateBuilder<NotificationAction>();
        foreach (var action in list.EnumerateArray())
        {
            actions.Add(new NotificationAction(Text(action, "action", MaxAction, isNeeded: true) ?? "", Text(action, "title", MaxTitle, isNeeded: true) ?? "", Link(action, "url")));
        }

        return actions.DrainToImmutable();
    }

    private int Ttl()
    {
        const int Day = 86_400;
        const int FourWeeks = 28 * Day;
        if (!body.TryGetProperty("ttl", out var ttl) || ttl.ValueKind is JsonValueKind.Null)
        {
            return Day;
        }

        if (ttl.ValueKind is JsonValueKind.Number && ttl.TryGetInt32(out var seconds) && seconds is >= 0 and <= FourWeeks)
        {
            return seconds;
        }

        Refuse("ttl must be 0 to 2419200 seconds.");
        return Day;
    }

    private Urgency Urgent()
    {
        var text = Text("urgency", 16);
        if (text is null)
        {
            return Urgency.Normal;
        }

        if (Urgencies.Parse(text) is { } urgency)
        {
            return urgency;
        }

        Refuse("urgency must be very-low, low, normal or high.");
        return Urgency.Normal;
    }

    private string? Topic()
    {
        var topic = Text("topic", MaxTopic);
        if (topic is not null && !Ids.IsMessage(topic))
        {
            Refuse("topic must be 1 to 32 of A-Z, a-z, 0-9, - and _.");
        }

        return topic;
    }

    private DateTimeOffset? Time(string name)
    {
        if (Text(name, 40) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        Refuse($"{name} must be a time such as 2026-01-31T12:00:00Z.");
        return null;
    }

    private string? Link(JsonElement parent, string name)
    {
        var text = Text(parent, name, MaxUrl);
        if (text is null || text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal)
            || Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp))
        {
            return text;
        }

        Refuse($"{name} must be an http or https address, or a path that begins with one slash.");
        return null;
    }

    private string? Text(string name, int max, bool isNeeded = false, bool isOneLine = true) => Text(body, name, max, isNeeded, isOneLine);

    private string? Text(JsonElement parent, string name, int max, bool isNeeded = false, bool isOneLine = true)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            if (isNeeded)
            {
                Refuse($"{name} is missing.");
            }

            return null;
        }

        var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : null;
        if (text is null || text.Length > max || isNeeded && text.Length == 0 || text.Any(character => char.IsControl(character) && (isOneLine || character is not ('\n' or '\r' or '\t'))))
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"{name} must be a text of {(isNeeded ? "1 to " : "")}{max} characters{(isNeeded ? "" : " at most")}{(isOneLine ? ", in one line" : "")}."));
            return null;
        }

        return text;
    }

    private void Refuse(string wrong) => _wrong ??= wrong;
}
