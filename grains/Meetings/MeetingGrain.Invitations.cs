using Actors.Meetings.Conferences;

namespace Actors.Meetings;

/// <summary>
/// Telling people by mail of their links. That somebody has to be told is stored first; it is done by the same request, or,
/// when this process ends in between, by its repetition or the next reminder. The queue takes each mail once.
/// </summary>
internal sealed partial class MeetingGrain
{
    /// <summary>Who asks again that soon has lost the answer, or pressed twice.</summary>
    private static readonly TimeSpan BetweenInvitations = TimeSpan.FromMinutes(1);

    public async Task<LinkOutcome> InviteAsync(string id, string address)
    {
        if (_meeting is not { } meeting)
        {
            return new(LinkStatus.UnknownMeeting, Link: null);
        }

        if (Find(id) is not { } link)
        {
            return new(LinkStatus.UnknownLink, Link: null);
        }

        if (link.Content.Email is null)
        {
            return new(LinkStatus.NotInvitable, Link: null);
        }

        var isAgain = link.Invited is { } last && time.GetUtcNow() - last < BetweenInvitations;
        return new(LinkStatus.Done, await DescribeAsync(isAgain ? await TellAsync(meeting, link) : await InviteAsync(meeting, link, address)));
    }

    private async Task<StoredLink> InviteAsync(StoredMeeting meeting, StoredLink link, string address)
    {
        var next = link with { Invited = time.GetUtcNow(), Sequence = link.Invited is null ? 0 : link.Sequence + 1, Address = address };
        await ReplaceAsync(meeting, link, next);
        return await TellAsync(meeting, next);
    }

    /// <summary>Puts into the mail what is not known to be there.</summary>
    private async Task<StoredLink> TellAsync(StoredMeeting meeting, StoredLink link)
    {
        if (!link.HasToTell)
        {
            return link;
        }

        var url = $"{link.Address}/bbb/{meeting.Content.Slug}/meeting/{Id:D}/join/link/{await KeyOfAsync(link)}/";
        await invitations.SendAsync(
            new Invitation(Id, link.Number, link.Sequence, link.Revoked is not null, meeting.Content, link.Content, link.Created, link.Revoked ?? link.Invited!.Value, url),
            CancellationToken.None);
        var told = link with { Mailed = link.Sequence + 1 };
        await ReplaceAsync(meeting, link, told);
        return told;
    }
}
