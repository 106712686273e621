using Orleans;

namespace Actors.Meetings;

/// <summary>A link for one person; the same content again is the same link.</summary>
/// <param name="Id">The caller's own name of it, 1 to 250 characters.</param>
/// <param name="Role">As what the person comes in.</param>
/// <param name="Name">As whom, 1 to 250 characters.</param>
/// <param name="Email">Where an invitation goes, or null.</param>
/// <param name="User">The portal's id of the person, or null.</param>
/// <param name="IsSingle">Whether it leads in once only.</param>
/// <param name="NotBefore">Before this it does not lead in, or null for the meeting's own time.</param>
/// <param name="NotAfter">After this it does not lead in, or null for the meeting's own time.</param>
/// <param name="Locale">The language of its invitation: <c>fr</c> or <c>en</c>.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.link-content")]
public sealed record LinkContent(
    [property: Id(0)] string Id,
    [property: Id(1)] MeetingRole Role,
    [property: Id(2)] string Name,
    [property: Id(3)] string? Email,
    [property: Id(4)] string? User,
    [property: Id(5)] bool IsSingle,
    [property: Id(6)] DateTimeOffset? NotBefore,
    [property: Id(7)] DateTimeOffset? NotAfter,
    [property: Id(8)] string Locale);

/// <summary>A link to make.</summary>
/// <param name="Content">What it is to be.</param>
/// <param name="Invites">Whether an invitation goes to its e-mail address; it goes once, however often this is asked.</param>
/// <param name="Address">The beginning of our addresses, without a slash at the end.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.add-link")]
public sealed record AddLink([property: Id(0)] LinkContent Content, [property: Id(1)] bool Invites, [property: Id(2)] string Address);

/// <summary>A personal link.</summary>
/// <param name="Content">What it is.</param>
/// <param name="Key">Its key: who has it is that person.</param>
/// <param name="Created">When it was made.</param>
/// <param name="FirstUsed">When it first led in, or null.</param>
/// <param name="Revoked">When it was revoked, or null.</param>
/// <param name="Invited">When an invitation was last put into the mail, or null.</param>
/// <param name="Joined">How often it led in.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.link")]
public sealed record LinkInfo(
    [property: Id(0)] LinkContent Content,
    [property: Id(1)] string Key,
    [property: Id(2)] DateTimeOffset Created,
    [property: Id(3)] DateTimeOffset? FirstUsed,
    [property: Id(4)] DateTimeOffset? Revoked,
    [property: Id(5)] DateTimeOffset? Invited,
    [property: Id(6)] int Joined);

/// <summary>Whether something was done with a link, or why not.</summary>
[GenerateSerializer, Alias("actors.meetings.link-status")]
public enum LinkStatus
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>There is no such meeting.</summary>
    UnknownMeeting = 1,

    /// <summary>The meeting has no such link.</summary>
    UnknownLink = 2,

    /// <summary>The id belongs to a link with another content.</summary>
    NotUnique = 3,

    /// <summary>The meeting has as many links as it may.</summary>
    Full = 4,

    /// <summary>It has no e-mail address, or was revoked.</summary>
    NotInvitable = 5,
}

/// <summary>A link, or why there is none.</summary>
/// <param name="Status">Whether it was done.</param>
/// <param name="Link">The link, when it was.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.link-outcome")]
public sealed record LinkOutcome([property: Id(0)] LinkStatus Status, [property: Id(1)] LinkInfo? Link);

/// <summary>Somebody who comes by a personal link.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Visitor">A hash by which the same browser is known again, or null.</param>
/// <param name="Confirms">Whether he pressed the button: a link for one use is not used up by programs that look where links lead.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.join-by-link")]
public sealed record JoinByLink([property: Id(0)] string Key, [property: Id(1)] string? Visitor, [property: Id(2)] bool Confirms);

/// <summary>What came of it.</summary>
/// <param name="Outcome">As for any other link.</param>
/// <param name="Link">The link, when its key is right.</param>
[GenerateSerializer, Immutable, Alias("actors.meetings.link-join-outcome")]
public sealed record LinkJoinOutcome([property: Id(0)] JoinOutcome Outcome, [property: Id(1)] LinkInfo? Link);
