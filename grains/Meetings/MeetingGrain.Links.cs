using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Meetings.Conferences;

namespace Actors.Meetings;

/// <summary>Links of one person each.</summary>
internal sealed partial class MeetingGrain
{
    /// <summary>So long the browser that a link led in may be led in again: its network may have lost the first answer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>What is known to be stored of the links.</summary>
    private ImmutableArray<StoredLink> _links = [];

    public async Task<LinkOutcome> AddLinkAsync(AddLink command)
    {
        if (_meeting is not { } meeting)
        {
            return new(LinkStatus.UnknownMeeting, Link: null);
        }

        if (Find(command.Content.Id) is { } present)
        {
            if (present.Content != command.Content)
            {
                return new(LinkStatus.NotUnique, Link: null);
            }

            var told = command.Invites && present.Invited is null ? await InviteAsync(meeting, present, command.Address) : await TellAsync(meeting, present);
            return new(LinkStatus.Done, await DescribeAsync(told));
        }

        if (_links.Count(link => link.Revoked is null) >= _options.MaxLinks)
        {
            return new(LinkStatus.Full, Link: null);
        }

        var now = time.GetUtcNow();
        var link = new StoredLink(
            state.State.LastLink + 1, command.Content, now, FirstUsed: null, UsedBy: null, Revoked: null,
            command.Invites && command.Content.Email is not null ? now : null, Sequence: 0, command.Address, Mailed: 0, Joined: 0, IsReminded: false);
        await ScheduleAsync(meeting, [.. _links, link]);
        // revoked ones are kept to say so, while there is room
        var kept = _links.Length < _options.MaxLinks ? _links : _links.Remove(_links.First(old => old.Revoked is not null));
        await StoreAsync(meeting, next => new MeetingState { Meeting = next.Meeting, Links = [.. kept, link], LastLink = link.Number });
        return new(LinkStatus.Done, await DescribeAsync(await TellAsync(meeting, link)));
    }

    public async Task<ImmutableArray<LinkInfo>?> GetLinksAsync() =>
        _meeting is null ? null : [.. await Task.WhenAll(_links.Select(DescribeAsync))];

    public async Task<LinkOutcome> RevokeLinkAsync(string id)
    {
        if (_meeting is not { } meeting)
        {
            return new(LinkStatus.UnknownMeeting, Link: null);
        }

        if (Find(id) is not { } link)
        {
            // revoked before
            return _links.LastOrDefault(old => old.Content.Id == id) is { } gone
                ? new(LinkStatus.Done, await DescribeAsync(await TellAsync(meeting, gone)))
                : new(LinkStatus.UnknownLink, Link: null);
        }

        var revoked = link with { Revoked = time.GetUtcNow(), Sequence = link.Invited is null ? link.Sequence : link.Sequence + 1 };
        await ReplaceAsync(meeting, link, revoked);
        return new(LinkStatus.Done, await DescribeAsync(await TellAsync(meeting, revoked)));
    }

    public async Task<LinkJoinOutcome> JoinByLinkAsync(JoinByLink command)
    {
        if (_meeting is not { } meeting || await FindByKeyAsync(command.Key) is not { } link)
        {
            return new(Refusal(MeetingStatus.Unknown), Link: null);
        }

        var info = await DescribeAsync(link);
        return new(await JoinAsync(meeting, link, command), info);
    }

    public async Task<LinkInfo?> FindLinkAsync(string key) => await FindByKeyAsync(key) is { } link ? await DescribeAsync(link) : null;

    private async Task<JoinOutcome> JoinAsync(StoredMeeting meeting, StoredLink link, JoinByLink command)
    {
        if (link.Revoked is not null)
        {
            return Refusal(MeetingStatus.Revoked);
        }

        var now = time.GetUtcNow();
        var isAgain = link.FirstUsed is { } first && link.UsedBy is { } browser && browser == command.Visitor && now - first <= Grace;
        if (link.Content.IsSingle && link.FirstUsed is not null && !isAgain)
        {
            return Refusal(MeetingStatus.Used);
        }

        if (CheckWindow(meeting, link.Content.Role, link.Content) is { } closed)
        {
            return closed;
        }

        if (link.Content.IsSingle && !command.Confirms)
        {
            return Refusal(MeetingStatus.NeedsConfirmation);
        }

        var join = new JoinMeeting(link.Content.Role, command.Key, link.Content.Name);
        var userId = await secrets.DeriveAsync(string.Create(CultureInfo.InvariantCulture, $"link-user-{link.Number}"), Id, CancellationToken.None);
        var used = link with { FirstUsed = link.FirstUsed ?? now, UsedBy = link.Content.IsSingle ? command.Visitor : null, Joined = link.Joined + 1 };
        // used up with the same write that lets him in: not before there is a conference, and not after he is there
        return await EnterAsync(meeting, join, userId, next => With(next, link, used));
    }

    private Task ReplaceAsync(StoredMeeting meeting, StoredLink link, StoredLink next) =>
        StoreAsync(meeting, whole => With(whole, link, next));

    private static MeetingState With(MeetingState whole, StoredLink link, StoredLink next) => new()
    {
        Meeting = whole.Meeting,
        Links = [.. whole.Links.Select(known => known.Number == link.Number ? next : known)],
        LastLink = whole.LastLink,
    };

    private StoredLink? Find(string id) => _links.LastOrDefault(link => link.Content.Id == id && link.Revoked is null);

    private async Task<StoredLink?> FindByKeyAsync(string key)
    {
        var number = 0;
        var isNumber = key.IndexOf('-', StringComparison.Ordinal) is var end and > 0 && int.TryParse(key.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        var link = isNumber ? _links.FirstOrDefault(link => link.Number == number) : null;
        // computed also where there is none: how long it takes tells nothing
        var right = await KeyOfAsync(number, link?.Created ?? default);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(key)) ? link : null;
    }

    private Task<string> KeyOfAsync(StoredLink link) => KeyOfAsync(link.Number, link.Created);

    /// <summary>With the time, so that a meeting that was forgotten and made again has other links.</summary>
    private async Task<string> KeyOfAsync(int number, DateTimeOffset created)
    {
        var purpose = string.Create(CultureInfo.InvariantCulture, $"link-{number}-{created.UtcTicks}");
        var secret = await secrets.DeriveAsync(purpose, Id, CancellationToken.None);
        return string.Create(CultureInfo.InvariantCulture, $"{number}-{secret}");
    }

    private async Task<LinkInfo> DescribeAsync(StoredLink link) =>
        new(link.Content, await KeyOfAsync(link), link.Created, link.FirstUsed, link.Revoked, link.Invited, link.Joined);

    private static JoinOutcome Refusal(MeetingStatus status) => new(status, Url: null, Refusal: null, At: null);
}
