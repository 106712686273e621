using System.Collections.Immutable;

namespace Actors.Meetings.Conferences;

/// <summary>The parameters of our calls; what is ours wins over what the caller gave.</summary>
internal static class ConferenceCalls
{
    /// <summary>What BigBlueButton takes as a name at most.</summary>
    private const int MaxName = 64;

    private const string CreateTimeName = "createTime";

    public static ImmutableArray<MeetingParameter> Create(Guid meeting, MeetingContent content, string attendee, string moderator, string endedUrl)
    {
        ImmutableArray<MeetingParameter> own =
        [
            new("name", Shorten(content.Name)),
            new("meetingID", meeting.ToString("D")),
            // both and always the same: else a second create of the same conference is refused (facts, 1.3)
            new("attendeePW", attendee),
            new("moderatorPW", moderator),
            new("meetingEndedURL", endedUrl),
        ];
        return With(own, content.CreateParameters);
    }

    public static ImmutableArray<MeetingParameter> Join(Guid meeting, JoinMeeting join, MeetingContent content, string password, string? createTime, string? userId)
    {
        var isAgent = join.Role is MeetingRole.Agent;
        // who has a link of his own comes in as himself
        var name = userId is not null ? join.FullName! : (isAgent ? content.AgentFullName : content.UserFullName) ?? join.FullName ?? (isAgent ? "Agent" : "Usager");
        ImmutableArray<MeetingParameter> own =
        [
            new("fullName", Shorten(name)),
            new("meetingID", meeting.ToString("D")),
            new("role", isAgent ? "MODERATOR" : "VIEWER"),
            // servers before 2.4 know no roles
            new("password", password),
        ];
        if (createTime is not null)
        {
            own = own.Add(new(CreateTimeName, createTime));
        }

        if (userId is not null)
        {
            own = own.Add(new("userID", userId));
        }

        return With(own, isAgent ? content.AgentParameters : content.UserParameters);
    }

    /// <summary>When the conference was made, as the server writes it.</summary>
    public static string? CreateTimeOf(BbbCreated created) => created.Values.FirstOrDefault(value => value.Name == CreateTimeName)?.Value;

    private static ImmutableArray<MeetingParameter> With(ImmutableArray<MeetingParameter> own, ImmutableArray<MeetingParameter> given) =>
        own.AddRange(given.Where(parameter => !own.Any(ours => string.Equals(ours.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))));

    private static string Shorten(string name)
    {
        if (name.Length <= MaxName)
        {
            return name;
        }

        // never half a character
        var end = char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName;
        return name[..end];
    }
}
