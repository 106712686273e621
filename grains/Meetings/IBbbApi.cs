using System.Collections.Immutable;

namespace Actors.Meetings;

/// <summary>The API of BigBlueButton servers. What they refuse is a value; that they cannot be asked is an <see cref="IOException"/>.</summary>
public interface IBbbApi
{
    /// <summary>Makes a conference, or finds it when it is there.</summary>
    /// <param name="server">The server's name in the settings.</param>
    /// <param name="parameters">In the order in which they are sent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">No answer, or nonsense; the message says what, without an address.</exception>
    Task<BbbCreated> CreateAsync(string server, ImmutableArray<MeetingParameter> parameters, CancellationToken cancellationToken);

    /// <summary>All conferences of a server.</summary>
    /// <param name="server">The server's name in the settings.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">No answer, or nonsense, or a refusal.</exception>
    Task<ImmutableArray<BbbMeeting>> GetMeetingsAsync(string server, CancellationToken cancellationToken);

    /// <summary>The signed address by which a browser joins.</summary>
    /// <param name="server">The server's name in the settings.</param>
    /// <param name="parameters">In the order in which they are sent.</param>
    Uri JoinUrl(string server, ImmutableArray<MeetingParameter> parameters);
}

/// <summary>What create answered.</summary>
/// <param name="Refusal">Why there is no conference, or null.</param>
/// <param name="Values">What the answer says of the conference.</param>
public sealed record BbbCreated(BbbRefusal? Refusal, ImmutableArray<MeetingParameter> Values);

/// <summary>A conference in a server's list.</summary>
/// <param name="Id">The id by which it was made.</param>
/// <param name="Running">Whether somebody has come in.</param>
/// <param name="Participants">How many are in it.</param>
/// <param name="Moderators">How many of them are moderators.</param>
public sealed record BbbMeeting(string Id, bool Running, int Participants, int Moderators);
