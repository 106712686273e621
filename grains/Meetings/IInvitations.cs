namespace Actors.Meetings;

/// <summary>Tells people by mail that they are invited, with an appointment for their calendar.</summary>
public interface IInvitations
{
    /// <summary>Puts an invitation, or its end, into the mail; durable when it returns. The same sequence of the same link goes once.</summary>
    /// <param name="invitation">What it says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">An address that no mail server would take.</exception>
    ValueTask SendAsync(Invitation invitation, CancellationToken cancellationToken);
}

/// <summary>An invitation.</summary>
/// <param name="Meeting">The meeting's guid.</param>
/// <param name="Link">The link's number in the meeting.</param>
/// <param name="Sequence">How often what it says has changed (RFC 5545, section 3.8.7.4).</param>
/// <param name="IsCancelled">Whether it is its end.</param>
/// <param name="Content">The meeting.</param>
/// <param name="Person">Whom it is for.</param>
/// <param name="Created">When the link was made.</param>
/// <param name="At">When it is sent.</param>
/// <param name="Url">The personal link.</param>
public sealed record Invitation(
    Guid Meeting, int Link, int Sequence, bool IsCancelled, MeetingContent Content, LinkContent Person, DateTimeOffset Created, DateTimeOffset At, string Url);
