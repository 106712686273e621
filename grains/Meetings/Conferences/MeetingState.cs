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
