using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Actors.Notifications;
using Actors.Silo.Notifications;

namespace Actors.Api.Notifications.Devices;

/// <summary>Reads what browsers and pages write of devices; says in a sentence what is wrong.</summary>
internal static class DeviceReader
{
    private const int MaxName = 100;
    private const int MaxOrigins = 50;
    private const int MaxOrigin = 64;
    private const int MaxId = 64;
    private const int AuthBytes = 16;
    private const long MaxExpiry = 253_402_300_799_999;

    /// <summary>A PushSubscription, as its <c>toJSON</c> gives it.</summary>
    public static string? ReadSubscription(JsonElement body, IPushEndpointRules rules, out PushSubscription? subscription, out string? replaces)
    {
        (subscription, replaces) = (null, null);
        if (!body.TryGetProperty("endpoint", out var endpoint) || endpoint.ValueKind is not JsonValueKind.String)
        {
            return "endpoint must be the address that the browser gave.";
        }

        if (!rules.IsAllowed(endpoint.GetString()!, out var uri, out var reason))
        {
            return reason;
        }

        if (!body.TryGetProperty("keys", out var keys) || keys.ValueKind is not JsonValueKind.Object
            || Bytes(keys, "p256dh") is not { } p256dh || !EcPoints.IsPoint(p256dh))
        {
            return "keys.p256dh must be a point of P-256: 65 bytes as base64url.";
        }

        if (Bytes(keys, "auth") is not { Length: AuthBytes } auth)
        {
            return "keys.auth must be 16 bytes as base64url.";
        }

        DateTimeOffset? expires = null;
        if (body.TryGetProperty("expirationTime", out var expiration) && expiration.ValueKind is not JsonValueKind.Null)
        {
            if (expiration.ValueKind is not JsonValueKind.Number || !expiration.TryGetDouble(out var milliseconds) || milliseconds is < 0 or > MaxExpiry)
            {
                return "expirationTime must be milliseconds since 1970, or null.";
            }

            expires = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        }

        if (body.TryGetProperty("replaces", out var replaced) && replaced.ValueKind is not JsonValueKind.Null)
        {
            if (replaced.ValueKind is not JsonValueKind.String || replaced.GetString() is not { Length: > 0 and <= MaxId } id)
            {
                return "replaces must be the id of a device.";
            }

            replaces = id;
        }

        subscription = new PushSubscription(uri.AbsoluteUri, [.. p256dh], [.. auth], expires);
        return null;
    }

    /// <summary>What is to change in a device.</summary>
    public static string? ReadChange(JsonElement body, string id, out ChangeDevice? change)
    {
        change = null;
        string? name = null;
        if (body.TryGetProperty("name", out var given))
        {
            name = given.ValueKind is JsonValueKind.Null ? "" : given.ValueKind is JsonValueKind.String ? given.GetString()!.Trim() : null;
            if (name is null || name.Length > MaxName || name.Any(char.IsControl))
            {
                return "name must be a text of 100 characters at most, in one line.";
            }
        }

        bool? isOn = null;
        if (body.TryGetProperty("on", out var on))
        {
            if (on.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return "on must be true or false.";
            }

            isOn = on.GetBoolean();
        }

        PushPreferences? preferences = null;
        if (body.TryGetProperty("mutedOrigins", out _) || body.TryGetProperty("quiet", out _))
        {
            var wrong = ReadPreferences(body, out preferences);
            if (wrong is not null)
            {
                return wrong;
            }
        }

        change = new ChangeDevice(id, name, isOn, preferences);
        return null;
    }

    /// <summary>Muted origins and quiet hours.</summary>
    public static string? ReadPreferences(JsonElement body, out PushPreferences? preferences)
    {
        preferences = null;
        ImmutableArray<string> muted = [];
        if (body.TryGetProperty("mutedOrigins", out var origins) && origins.ValueKind is not JsonValueKind.Null)
        {
            if (origins.ValueKind is not JsonValueKind.Array || origins.GetArrayLength() > MaxOrigins
                || origins.EnumerateArray().Any(origin => origin.ValueKind is not JsonValueKind.String || origin.GetString()!.Length is 0 or > MaxOrigin))
            {
                return "mutedOrigins must be a list of 50 origins at most, each of 1 to 64 characters.";
            }

            muted = [.. origins.EnumerateArray().Select(origin => origin.GetString()!).Distinct(StringComparer.Ordinal)];
        }

        QuietHours? quiet = null;
        if (body.TryGetProperty("quiet", out var hours) && hours.ValueKind is not JsonValueKind.Null && !TryQuiet(hours, out quiet))
        {
            return """quiet must be such as {"from":"22:00","to":"07:00","timeZone":"Europe/Paris"}, or null.""";
        }

        preferences = new PushPreferences(muted, quiet);
        return null;
    }

    private static bool TryQuiet(JsonElement hours, [NotNullWhen(true)] out QuietHours? quiet)
    {
        quiet = hours.ValueKind is JsonValueKind.Object && Minute(hours, "from") is { } from && Minute(hours, "to") is { } to
            && hours.TryGetProperty("timeZone", out var zone) && zone.ValueKind is JsonValueKind.String && zone.GetString() is { Length: <= MaxOrigin } name
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)
                ? new QuietHours(from, to, name)
                : null;
        return quiet is not null;
    }

    private static int? Minute(JsonElement hours, string name) =>
        hours.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String
        && TimeOnly.TryParseExact(text.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Hour * 60 + time.Minute
            : null;

    private static byte[]? Bytes(JsonElement keys, string name)
    {
        if (!keys.TryGetProperty(name, out var text) || text.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        // browsers write base64url without padding; some libraries write base64
        var url = text.GetString()!.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return url.Length <= 100 && Base64Url.IsValid(url) ? Base64Url.DecodeFromChars(url) : null;
    }
}
