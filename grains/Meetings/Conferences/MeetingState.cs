using System.Collections.Immutable;
using Orleans;

namespace Actors.Meetings.Conferences;

/// <summary>A meeting's row.</summary>
[GenerateSerializer, Alias("actors.meetings.state")]
internal sealed class MeetingState
{
    /// <summary>The meeting.</summary>
    [Id(0)]
    public StoredMeeting? Meeting { get; set; }

    /// <summary>Its personal links, the oldest first; bounded by the settings.</summary>
    [Id(1)]
    public List<StoredLink> Links { get; set; } = [];

    /// <summary>How many links were ever made: the number of the newest.</summary>
    [Id(2)]
    public int LastLink { get; set; }
}

/// <summary>A personal link, as stored. Its key is derived from its number and stored nowhere.</summary>
/// <param name="Number">Its number in the meeting, from 1; never used again.</param>
/// <param name="Content">What it is.</param>
/// <param name="Created">When it was made.</param>
/// <param name="FirstUsed">When it first led in, or null.</param>
/// <param name="UsedBy">A hash of the browser that it led in, for a link of one use; or null.</param>
/// <param name="Revoked">When it was revoked, or null.</param>
/// <param name="Invited">When an invitation was last put into the mail, or null.</param>
/// <param name="Sequence">How often what the invitation says has changed (RFC 5545, section 3.8.7.4).</param>
/// <param name="Address">The beginning of our addresses in its invitation, or null.</param>
/// <param name="Mailed">One more than the last sequence that is known to be in the mail; 0 before the first.</param>
/// <param name="Joined">How often it led in.</param>
/// <param name="IsReminded">Whether its user was reminded.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.stored-link")]
internal sealed record StoredLink(
    [property: Id(0)] int Number,
    [property: Id(1)] LinkContent Content,
    [property: Id(2)] DateTimeOffset Created,
    [property: Id(3)] DateTimeOffset? FirstUsed,
    [property: Id(4)] string? UsedBy,
    [property: Id(5)] DateTimeOffset? Revoked,
    [property: Id(6)] DateTimeOffset? Invited,
    [property: Id(7)] int Sequence,
    [property: Id(8)] string? Address,
    [property: Id(9)] int Mailed,
    [property: Id(10)] int Joined,
    [property: Id(11)] bool IsReminded)
{
    /// <summary>Whether its person has to be told something that may not be in the mail yet.</summary>
    public bool HasToTell => Invited is not null && Mailed <= Sequence;
}

/// <summary>A meeting, as stored.</summary>
/// <param name="Content">What it is.</param>
/// <param name="Address">The beginning of our own addresses.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it was last written.</param>
/// <param name="Server">Where its conference is, or was.</param>
/// <param name="CreateAnswer">What the first create returned.</param>
/// <param name="LastTimeRunning">When somebody was last seen in it.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.stored")]
internal sealed record StoredMeeting(
    [property: Id(0)] MeetingContent Content,
    [property: Id(1)] string Address,
    [property: Id(2)] DateTimeOffset Created,
    [property: Id(3)] DateTimeOffset Updated,
    [property: Id(4)] string Server,
    [property: Id(5)] ImmutableArray<MeetingParameter> CreateAnswer,
    [property: Id(6)] DateTimeOffset? LastTimeRunning);
