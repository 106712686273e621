using System.Collections.Immutable;
using Orleans;

namespace Actors.Meetings;

/// <summary>A parameter of a call to BigBlueButton.</summary>
/// <param name="Name">Its name, in the server's own upper and lower case.</param>
/// <param name="Value">Its value.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.parameter")]
public sealed record MeetingParameter([property: Id(0)] string Name, [property: Id(1)] string Value);

/// <summary>What a meeting is to be; the same content again is the same meeting.</summary>
/// <param name="Slug">The server or pool, as in the address.</param>
/// <param name="IdempotentId">The caller's own name of it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="CreateParameters">For BigBlueButton's create, sorted, without those that are ours.</param>
/// <param name="UserParameters">For the join of users.</param>
/// <param name="AgentParameters">For the join of agents.</param>
/// <param name="UserFullName">As whom users come in, or null.</param>
/// <param name="AgentFullName">As whom agents come in, or null.</param>
/// <param name="Metadata">The caller's own data: a JSON object with its members sorted.</param>
/// <param name="NotBefore">Before this users come in only when the conference runs already, or null.</param>
/// <param name="NotAfter">After this nobody comes in, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.content")]
public sealed record MeetingContent(
    [property: Id(0)] string Slug,
    [property: Id(1)] string IdempotentId,
    [property: Id(2)] string Name,
    [property: Id(3)] ImmutableArray<MeetingParameter> CreateParameters,
    [property: Id(4)] ImmutableArray<MeetingParameter> UserParameters,
    [property: Id(5)] ImmutableArray<MeetingParameter> AgentParameters,
    [property: Id(6)] string? UserFullName,
    [property: Id(7)] string? AgentFullName,
    [property: Id(8)] string Metadata,
    [property: Id(9)] DateTimeOffset? NotBefore,
    [property: Id(10)] DateTimeOffset? NotAfter)
{
    /// <summary>Whether it is the same content; arrays are compared by their items.</summary>
    public bool IsSame(MeetingContent other) =>
        this with { CreateParameters = [], UserParameters = [], AgentParameters = [] } == other with { CreateParameters = [], UserParameters = [], AgentParameters = [] }
        && CreateParameters.SequenceEqual(other.CreateParameters)
        && UserParameters.SequenceEqual(other.UserParameters)
        && AgentParameters.SequenceEqual(other.AgentParameters);
}

/// <summary>A meeting to create.</summary>
/// <param name="Content">What it is to be.</param>
/// <param name="Address">The beginning of the addresses by which BigBlueButton reaches us, without a slash at the end.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.create")]
public sealed record CreateMeeting([property: Id(0)] MeetingContent Content, [property: Id(1)] string Address);

/// <summary>A meeting, as others see it.</summary>
/// <param name="Id">Its guid.</param>
/// <param name="Content">What it is.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it was last written.</param>
/// <param name="Running">Whether somebody is in it, as far as is known.</param>
/// <param name="LastTimeRunning">When somebody was last seen in it, or null.</param>
/// <param name="Participants">How many are in it.</param>
/// <param name="UserKey">The key of the users' link.</param>
/// <param name="AgentKey">The key of the agents' link.</param>
/// <param name="CreateAnswer">What BigBlueButton's create returned: names as it writes them, and values.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.info")]
public sealed record MeetingInfo(
    [property: Id(0)] Guid Id,
    [property: Id(1)] MeetingContent Content,
    [property: Id(2)] DateTimeOffset Created,
    [property: Id(3)] DateTimeOffset Updated,
    [property: Id(4)] bool Running,
    [property: Id(5)] DateTimeOffset? LastTimeRunning,
    [property: Id(6)] int Participants,
    [property: Id(7)] string UserKey,
    [property: Id(8)] string AgentKey,
    [property: Id(9)] ImmutableArray<MeetingParameter> CreateAnswer);

/// <summary>Whether something was done, or why not.</summary>
[GenerateSerializer, Alias("actors.meetings.status")]
public enum MeetingStatus
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>There is no such meeting, or the key is not one of its keys.</summary>
    Unknown = 1,

    /// <summary>The idempotent id belongs to a meeting with another content.</summary>
    NotUnique = 2,

    /// <summary>BigBlueButton refused it, and will again.</summary>
    Refused = 3,

    /// <summary>BigBlueButton does not answer, or nonsense.</summary>
    Unavailable = 4,

    /// <summary>The window has not opened yet.</summary>
    TooEarly = 5,

    /// <summary>The window has closed.</summary>
    TooLate = 6,

    /// <summary>The settings know no server of this slug any more.</summary>
    NoServer = 7,

    /// <summary>The link leads in once, and only who says that he wants it now.</summary>
    NeedsConfirmation = 8,

    /// <summary>The link led in once, and does no more.</summary>
    Used = 9,

    /// <summary>The link was revoked.</summary>
    Revoked = 10,
}

/// <summary>What came of creating a meeting.</summary>
/// <param name="Status">Whether it is there.</param>
/// <param name="Meeting">The meeting, when it is.</param>
/// <param name="Refusal">What BigBlueButton said, when it refused.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.create-outcome")]
public sealed record CreateMeetingOutcome(
    [property: Id(0)] MeetingStatus Status,
    [property: Id(1)] MeetingInfo? Meeting,
    [property: Id(2)] BbbRefusal? Refusal);

/// <summary>A refusal of BigBlueButton.</summary>
/// <param name="Key">Its message key, which programs compare.</param>
/// <param name="Message">Its message, for people.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.refusal")]
public sealed record BbbRefusal([property: Id(0)] string Key, [property: Id(1)] string Message);

/// <summary>As what somebody comes into a meeting.</summary>
[GenerateSerializer, Alias("actors.meetings.role")]
public enum MeetingRole
{
    /// <summary>A user: a viewer at BigBlueButton.</summary>
    User = 0,

    /// <summary>An agent: a moderator at BigBlueButton.</summary>
    Agent = 1,
}

/// <summary>Somebody who wants to come in.</summary>
/// <param name="Role">As what.</param>
/// <param name="Key">The key of his link.</param>
/// <param name="FullName">As whom, where the meeting does not say so itself; or null.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.join")]
public sealed record JoinMeeting(
    [property: Id(0)] MeetingRole Role,
    [property: Id(1)] string Key,
    [property: Id(2)] string? FullName);

/// <summary>What came of it.</summary>
/// <param name="Status">Whether he may come in.</param>
/// <param name="Url">Where to, when he may: of this conference and no later one.</param>
/// <param name="Refusal">What BigBlueButton said, when it refused.</param>
/// <param name="At">When the window opens or closed, when that is why not.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.join-outcome")]
public sealed record JoinOutcome(
    [property: Id(0)] MeetingStatus Status,
    [property: Id(1)] string? Url,
    [property: Id(2)] BbbRefusal? Refusal,
    [property: Id(3)] DateTimeOffset? At);

/// <summary>Who is in a meeting, as a server's list has it.</summary>
/// <param name="Running">Whether somebody is in it.</param>
/// <param name="Participants">How many.</param>
/// <param name="Moderators">How many of them are agents.</param>
/// <param name="At">When the server was asked.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.presence")]
public sealed record MeetingPresence(
    [property: Id(0)] bool Running,
    [property: Id(1)] int Participants,
    [property: Id(2)] int Moderators,
    [property: Id(3)] DateTimeOffset At)
{
    /// <summary>Nobody.</summary>
    public static MeetingPresence Nobody(DateTimeOffset at) => new(Running: false, 0, 0, at);
}
