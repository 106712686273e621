using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Api.Notifications;

/// <summary>Ids as callers write them.</summary>
internal static class Ids
{
    private const int MaxMessage = 64;
    private const int MaxUser = 128;
    private const int HashDigits = 16;
    private static readonly SearchValues<char> s_characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Whether a message may have this id.</summary>
    public static bool IsMessage(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxMessage && !id.ContainsAnyExcept(s_characters);

    /// <summary>Whether a notification may have this id: its message's, or that, a point and a hash.</summary>
    public static bool IsNotification(string id)
    {
        var end = id.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? IsMessage(id) : IsMessage(id.AsSpan(0, end)) && id.Length - end - 1 == HashDigits && IsMessage(id.AsSpan(end + 1));
    }

    /// <summary>The message that a notification belongs to.</summary>
    public static string MessageOf(string notification) => notification.IndexOf('.', StringComparison.Ordinal) is >= 0 and var end ? notification[..end] : notification;

    /// <summary>
    /// A portal's id in a path, by the number of its segment from 0. Routing leaves %2F as it is, so that an id with a slash
    /// could not be told from one with those three characters.
    /// </summary>
    public static string FromPath(HttpContext http, int segment)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var end ? end : target.Length);
        var segments = path.Trim('/').ToString().Split('/');
        return segment < segments.Length ? Uri.UnescapeDataString(segments[segment]) : "";
    }

    /// <summary>Whether a portal's id of a user or group can be taken.</summary>
    public static bool IsUser(string? id) => id is { Length: > 0 and <= MaxUser } && !id.Any(char.IsControl);
}
