using Actors.Api.Meetings.Links;
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
/// <param name="JoinUrl">The users' link, or the visitor's own.</param>
/// <param name="Person">As whom the visitor comes in, when his link is his own; else null.</param>
/// <param name="OpensStrictly">Whether the visitor has to wait for <paramref name="Opens"/> though somebody is in it already.</param>
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
    string? Person,
    bool OpensStrictly,
    DateTimeOffset Now)
{
    /// <summary>How long before the beginning people may come in when nobody said.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    /// <param name="meeting">The meeting.</param>
    /// <param name="presence">Who is in it.</param>
    /// <param name="address">The beginning of our addresses, without a slash at the end.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="link">The visitor's own link, or null.</param>
    internal static LobbyBody Of(MeetingInfo meeting, MeetingPresence presence, string address, DateTimeOffset now, LinkInfo? link = null)
    {
        var plan = MeetingPlan.Of(meeting.Content.Metadata);
        var (start, duration) = (plan.Start, plan.Minutes);
        var begin = LinkEndpoints.AddressOf(address, meeting.Content.Slug, meeting.Id);
        var closes = meeting.Content.NotAfter;
        return new LobbyBody(
            meeting.Id, meeting.Content.Name, start, duration, plan.Place, plan.Prepare,
            OpensOf(meeting.Content, start, link?.Content), link?.Content.NotAfter is { } end && !(closes < end) ? end : closes,
            IsOver(meeting, presence, start, duration, now), presence.Running, presence.Participants,
            link is null && meeting.Content.UserFullName is null, link is null ? $"{begin}join/user/{meeting.UserKey}/" : LinkJson.UrlOf(begin, link.Key),
            link?.Content.Name, link?.Content.NotBefore is not null, now);
    }

    /// <summary>Agents are not bound by the meeting's opening; and a link's own time says more than that people come a little early.</summary>
    private static DateTimeOffset? OpensOf(MeetingContent meeting, DateTimeOffset? start, LinkContent? link) =>
        link is { Role: MeetingRole.Agent } ? link.NotBefore
        : link?.NotBefore is { } own ? meeting.NotBefore > own ? meeting.NotBefore : own
        : meeting.NotBefore ?? start - Early;

    /// <summary>The time of its links is over, or somebody was in it and its planned end has passed.</summary>
    private static bool IsOver(MeetingInfo meeting, MeetingPresence presence, DateTimeOffset? start, double? duration, DateTimeOffset now) =>
        !presence.Running
        && (now > meeting.Content.NotAfter
            || (meeting.LastTimeRunning is not null && start is { } begins && duration is { } minutes && now > begins.AddMinutes(minutes)));
}
