using System.Security.Cryptography;
using System.Text;
using Actors.Meetings.Conferences;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Orleans.Utilities;

namespace Actors.Meetings;

/// <inheritdoc cref="IMeetingGrain"/>
internal sealed partial class MeetingGrain(
    [PersistentState("meeting")] IPersistentState<MeetingState> state,
    IBbbApi bbb,
    IMeetingSecrets secrets,
    IInvitations invitations,
    IOptions<MeetingOptions> options,
    TimeProvider time,
    ILogger<MeetingGrain> log) : Grain, IMeetingGrain, IRemindable
{
    private const string UserPurpose = "join-user";
    private const string AgentPurpose = "join-agent";
    private const string AttendeePurpose = "password-attendee";
    private const string ModeratorPurpose = "password-moderator";
    private const string EndedPurpose = "ended";

    private readonly MeetingOptions _options = options.Value;
    private readonly ILogger<MeetingGrain> _log = log;
    private readonly ObserverManager<IMeetingObserver> _observers = new(ObserverLifetime, log) { GetDateTime = () => time.GetUtcNow().UtcDateTime };

    /// <summary>What is known to be stored: interleaved readers never see a write that is under way.</summary>
    private StoredMeeting? _meeting;

    private Guid Id => MeetingKey.Parse(this.GetPrimaryKeyString()).Id;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_meeting, _links) = (state.State.Meeting, [.. state.State.Links]);
        return Task.CompletedTask;
    }

    public async Task<CreateMeetingOutcome> CreateAsync(CreateMeeting command)
    {
        if (_meeting is { } present)
        {
            return present.Content.IsSame(command.Content)
                ? new(MeetingStatus.Done, await DescribeAsync(present), Refusal: null)
                : new(MeetingStatus.NotUnique, Meeting: null, Refusal: null);
        }

        var now = time.GetUtcNow();
        var next = new StoredMeeting(command.Content, command.Address, now, now, Server: "", CreateAnswer: [], LastTimeRunning: null);
        var outcome = await FindConferenceAsync(next);
        if (outcome is not { Status: MeetingStatus.Done, Conference: { } conference })
        {
            return new(outcome.Status, Meeting: null, outcome.Refusal);
        }

        // first what ends it, so that nothing stays for ever
        await this.RegisterOrUpdateReminder(Expiry, ExpiryCheck, ExpiryCheck);
        await StoreAsync(next with { Server = conference.Server, CreateAnswer = outcome.Answer?.Values ?? [] });
        LogCreated(Id, conference.Server);
        return new(MeetingStatus.Done, await DescribeAsync(_meeting!), Refusal: null);
    }

    public async Task<MeetingInfo?> GetAsync()
    {
        if (_meeting is not { } meeting)
        {
            return null;
        }

        await LookAsync();
        return await DescribeAsync(meeting);
    }

    public async Task<JoinOutcome> JoinAsync(JoinMeeting command)
    {
        if (_meeting is not { } meeting || !await IsKeyAsync(KeyPurpose(command.Role), command.Key))
        {
            return new(MeetingStatus.Unknown, Url: null, Refusal: null, At: null);
        }

        return CheckWindow(meeting, command.Role, link: null) ?? await EnterAsync(meeting, command, userId: null, beforeLeading: null);
    }

    public async Task<bool> EndedAsync(string token)
    {
        if (_meeting is not { } meeting || !await IsKeyAsync(EndedPurpose, token))
        {
            return false;
        }

        // the callback is not signed: it is a reason to ask, and the server's list is the answer
        _conference = null;
        await GrainFactory.GetBbbServerGrain(new BbbServerKey(meeting.Server)).DoubtAsync();
        return true;
    }

    /// <summary>Why nobody comes in at this time, or null. Agents are not bound by the meeting's opening: somebody has to open the door.</summary>
    private JoinOutcome? CheckWindow(StoredMeeting meeting, MeetingRole role, LinkContent? link)
    {
        var now = time.GetUtcNow();
        var opens = Later(role is MeetingRole.User && _presence?.Running is not true ? meeting.Content.NotBefore : null, link?.NotBefore);
        if (now < opens)
        {
            return new(MeetingStatus.TooEarly, Url: null, Refusal: null, opens);
        }

        var closes = Earlier(meeting.Content.NotAfter, link?.NotAfter);
        return now > closes ? new(MeetingStatus.TooLate, Url: null, Refusal: null, closes) : null;

        static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;
        static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;
    }

    /// <summary>Leads somebody in who may: finds or makes the conference, and stores what has to be known before he is there.</summary>
    private async Task<JoinOutcome> EnterAsync(StoredMeeting meeting, JoinMeeting command, string? userId, Func<MeetingState, MeetingState>? beforeLeading)
    {
        var outcome = await FindConferenceAsync(meeting);
        if (outcome is not { Status: MeetingStatus.Done, Conference: { } conference })
        {
            return new(outcome.Status, Url: null, outcome.Refusal, At: null);
        }

        var now = time.GetUtcNow();
        var next = conference.Server != meeting.Server || NeedsTouch(meeting, now) ? _meeting! with { Server = conference.Server, Updated = now } : _meeting!;
        if (next != _meeting || beforeLeading is not null)
        {
            // before anybody is sent there: who comes later must find the same server
            await StoreAsync(next, beforeLeading);
        }

        var password = await secrets.DeriveAsync(command.Role is MeetingRole.Agent ? ModeratorPurpose : AttendeePurpose, Id, CancellationToken.None);
        var url = bbb.JoinUrl(conference.Server, ConferenceCalls.Join(Id, command, meeting.Content, password, conference.CreateTime, userId));
        return new(MeetingStatus.Done, url.IsAbsoluteUri ? url.AbsoluteUri : url.OriginalString, Refusal: null, At: null);
    }

    private static string KeyPurpose(MeetingRole role) => role is MeetingRole.Agent ? AgentPurpose : UserPurpose;

    private async Task<bool> IsKeyAsync(string purpose, string key)
    {
        var right = await secrets.DeriveAsync(purpose, Id, CancellationToken.None);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(key));
    }

    private async Task<MeetingInfo> DescribeAsync(StoredMeeting meeting) => new(
        Id, meeting.Content, meeting.Created, meeting.Updated, _presence?.Running ?? false, LastTimeRunning, _presence?.Participants ?? 0,
        await secrets.DeriveAsync(UserPurpose, Id, CancellationToken.None), await secrets.DeriveAsync(AgentPurpose, Id, CancellationToken.None), meeting.CreateAnswer);

    private async Task StoreAsync(StoredMeeting next, Func<MeetingState, MeetingState>? change = null)
    {
        var whole = new MeetingState { Meeting = next, Links = state.State.Links, LastLink = state.State.LastLink };
        await this.StoreAsync(state, change is null ? whole : change(whole));
        (_meeting, _links) = (next, [.. state.State.Links]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Meeting {Meeting} was made on server {Server}.")]
    private partial void LogCreated(Guid meeting, string server);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Meeting {Meeting} moves from server {From}, which does not answer, to {To}.")]
    private partial void LogMoved(Guid meeting, string from, string to);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server} could not be asked for meeting {Meeting}: {Problem}")]
    private partial void LogUnreachable(string server, Guid meeting, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Meeting {Meeting} was forgotten: its time is over.")]
    private partial void LogForgotten(Guid meeting);
}
