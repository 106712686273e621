using Orleans;
using Orleans.Concurrency;

namespace Actors.Meetings;

/// <summary>
/// A BigBlueButton server, watched by one grain for all meetings: one question for all of them, at a bounded rate. It
/// answers from memory, whatever the server does.
/// </summary>
[Alias("actors.meetings.server")]
public interface IBbbServerGrain : IGrainWithStringKey
{
    /// <summary>How the server does.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<BbbServerStatus> GetStatusAsync();

    /// <summary>Who was in a meeting when the server was last asked; null when it has never answered.</summary>
    /// <param name="meeting">The meeting's guid.</param>
    [Alias("look"), AlwaysInterleave]
    Task<MeetingPresence?> LookAsync(Guid meeting);

    /// <summary>A conference was put there: until its people are counted it counts by itself.</summary>
    [Alias("placed"), AlwaysInterleave]
    Task PlacedAsync();

    /// <summary>Somebody could not reach the server: it is asked at once. Answers when that is done, with how it does.</summary>
    [Alias("doubt"), AlwaysInterleave]
    Task<BbbServerStatus> DoubtAsync();
}

/// <summary>How a server does.</summary>
/// <param name="Answers">Whether it answered when it was last asked; true before that.</param>
/// <param name="Failures">How often in a row it did not.</param>
/// <param name="SilentSince">Since when it does not answer, or null.</param>
/// <param name="Problem">What went wrong the last time, or null.</param>
/// <param name="Meetings">How many conferences it has, ours and others'.</param>
/// <param name="Participants">How many people are in them.</param>
/// <param name="Placed">How many conferences were put there in the last minutes.</param>
/// <param name="AskedAt">When it last answered, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.server-status")]
public sealed record BbbServerStatus(
    [property: Id(0)] bool Answers,
    [property: Id(1)] int Failures,
    [property: Id(2)] DateTimeOffset? SilentSince,
    [property: Id(3)] string? Problem,
    [property: Id(4)] int Meetings,
    [property: Id(5)] int Participants,
    [property: Id(6)] int Placed,
    [property: Id(7)] DateTimeOffset? AskedAt);
