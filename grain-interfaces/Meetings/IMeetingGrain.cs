using System.Collections.Immutable;
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

    /// <summary>Makes a link for one person, once; the same content again is the same link. A link of this id that was revoked is made anew, with another key.</summary>
    [Alias("add-link")]
    Task<LinkOutcome> AddLinkAsync(AddLink command);

    /// <summary>Its personal links, the oldest first; null when there is no such meeting.</summary>
    [Alias("links"), AlwaysInterleave]
    Task<ImmutableArray<LinkInfo>?> GetLinksAsync();

    /// <summary>Revokes a link; who is in the conference already stays there. Whoever was invited is told that he is not any more.</summary>
    /// <param name="id">The caller's own name of it.</param>
    [Alias("revoke-link")]
    Task<LinkOutcome> RevokeLinkAsync(string id);

    /// <summary>Sends a link's invitation once more; asked again within a minute it is the same mail.</summary>
    /// <param name="id">The caller's own name of it.</param>
    /// <param name="address">The beginning of our addresses, without a slash at the end.</param>
    [Alias("invite")]
    Task<LinkOutcome> InviteAsync(string id, string address);

    /// <summary>Sees to it that there is a conference, and tells where it is, for whoever has a personal link.</summary>
    [Alias("join-by-link")]
    Task<LinkJoinOutcome> JoinByLinkAsync(JoinByLink command);

    /// <summary>The personal link with this key, or null.</summary>
    /// <param name="key">Its key.</param>
    [Alias("find-link"), AlwaysInterleave]
    Task<LinkInfo?> FindLinkAsync(string key);

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
