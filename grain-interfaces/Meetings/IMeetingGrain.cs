using Orleans;
using Orleans.Concurrency;

namespace Actors.Meetings;

/// <summary>
/// A meeting: where its people find each other. The conference itself is made when the first of them comes, and again when
/// it has ended meanwhile, or its server died.
/// </summary>
[Alias("actors.meetings.meeting")]
public interface IMeetingGrain : IGrainWithStringKey
{
    /// <summary>Makes it, once; the same content again is the same meeting. BigBlueButton is asked, so that what is wrong shows at once.</summary>
    [Alias("create")]
    Task<CreateMeetingOutcome> CreateAsync(CreateMeeting command);

    /// <summary>The meeting, or null.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<MeetingInfo?> GetAsync();

    /// <summary>Who is in it, from memory; null when there is no such meeting.</summary>
    [Alias("presence"), AlwaysInterleave]
    Task<MeetingPresence?> GetPresenceAsync();

    /// <summary>Sees to it that there is a conference, and tells where it is.</summary>
    [Alias("join")]
    Task<JoinOutcome> JoinAsync(JoinMeeting command);

    /// <summary>What a server's list says of it.</summary>
    /// <param name="server">The server's name.</param>
    /// <param name="presence">Who is in it there.</param>
    [Alias("seen"), AlwaysInterleave]
    Task SeenAsync(string server, MeetingPresence presence);

    /// <summary>BigBlueButton says that the conference has ended; false when the token is not the one it was given.</summary>
    /// <param name="token">The token of the address that was called.</param>
    [Alias("ended"), AlwaysInterleave]
    Task<bool> EndedAsync(string token);

    /// <summary>Tells this observer at once, and whenever it changes, who is in it, until it is removed or expires; renew within a minute.</summary>
    [Alias("subscribe"), AlwaysInterleave]
    Task SubscribeAsync(IMeetingObserver observer);

    /// <summary>Removes an observer.</summary>
    [Alias("unsubscribe"), AlwaysInterleave]
    Task UnsubscribeAsync(IMeetingObserver observer);
}
