using Actors.Meetings.Conferences;
using Orleans.Runtime;

namespace Actors.Meetings;

/// <summary>Finding the conference, or making it; one caller at a time.</summary>
internal sealed partial class MeetingGrain
{
    /// <summary>Who comes that soon after somebody else needs not ask again; no longer, since a server may die meanwhile.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Who comes that soon after nobody answered is told so at once: those behind him wait, too.</summary>
    private static readonly TimeSpan StillSilent = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private Conference? _conference;
    private long? _silentAt;

    private async Task<ConferenceOutcome> FindConferenceAsync(StoredMeeting meeting)
    {
        if (_conference is { } known && known.Server == meeting.Server && time.GetUtcNow() - known.ConfirmedAt < Fresh)
        {
            return new(MeetingStatus.Done, known, Refusal: null, Answer: null);
        }

        if (_silentAt is { } silent && time.GetElapsedTime(silent) < StillSilent)
        {
            return new(MeetingStatus.Unavailable, Conference: null, Refusal: null, Answer: null);
        }

        _conference = null;
        var began = time.GetTimestamp();
        var server = meeting.Server;
        while (await ChooseAsync(meeting.Content.Slug, server) is { } next)
        {
            if (server.Length > 0 && next != server)
            {
                LogMoved(Id, server, next);
            }

            server = next;
            if (await AskAsync(meeting, server) is { } outcome)
            {
                _silentAt = null;
                return outcome;
            }

            if (time.GetElapsedTime(began) + Pause >= _options.Patience)
            {
                _silentAt = time.GetTimestamp();
                return new(MeetingStatus.Unavailable, Conference: null, Refusal: null, Answer: null);
            }

            await Task.Delay(Pause, time);
        }

        return new(MeetingStatus.NoServer, Conference: null, Refusal: null, Answer: null);
    }

    /// <summary>The conference, or the server's refusal; null when it did not answer.</summary>
    private async Task<ConferenceOutcome?> AskAsync(StoredMeeting meeting, string server)
    {
        var attendee = await secrets.DeriveAsync(AttendeePurpose, Id, CancellationToken.None);
        var moderator = await secrets.DeriveAsync(ModeratorPurpose, Id, CancellationToken.None);
        var ended = $"{meeting.Address}/bbb/{meeting.Content.Slug}/meeting/{Id:D}/ended/{await secrets.DeriveAsync(EndedPurpose, Id, CancellationToken.None)}/";
        try
        {
            var answer = await bbb.CreateAsync(server, ConferenceCalls.Create(Id, meeting.Content, attendee, moderator, ended), CancellationToken.None);
            if (answer.Refusal is { } refusal)
            {
                return new(MeetingStatus.Refused, Conference: null, refusal, answer);
            }

            var createTime = ConferenceCalls.CreateTimeOf(answer);
            if (createTime != _createTime)
            {
                _createTime = createTime;
                await GrainFactory.GetBbbServerGrain(new BbbServerKey(server)).PlacedAsync();
            }

            _conference = new Conference(server, createTime, time.GetUtcNow());
            return new(MeetingStatus.Done, _conference, Refusal: null, answer);
        }
        catch (IOException failure)
        {
            LogUnreachable(server, Id, failure.Message);
            await GrainFactory.GetBbbServerGrain(new BbbServerKey(server)).DoubtAsync();
            return null;
        }
    }

    /// <summary>The server that the meeting has, unless that is silent for too long and another one answers; null when the settings know none.</summary>
    private async Task<string?> ChooseAsync(string slug, string current)
    {
        var names = _options.ServersOf(slug);
        if (_options.Servers.ContainsKey(current) && (names.Count < 2 || !await IsLostAsync(current)))
        {
            return current;
        }

        var known = await Task.WhenAll(names.Select(async name => (name, await StatusOfAsync(name))));
        var order = ServerChoice.Order(known, _options);
        var other = order.FirstOrDefault(name => name != current);
        return other ?? (_options.Servers.ContainsKey(current) ? current : null);
    }

    private async Task<bool> IsLostAsync(string server) =>
        await StatusOfAsync(server) is { Answers: false, SilentSince: { } since } && time.GetUtcNow() - since >= _options.MoveAfter;

    private async Task<BbbServerStatus?> StatusOfAsync(string server)
    {
        try
        {
            return await GrainFactory.GetBbbServerGrain(new BbbServerKey(server)).GetStatusAsync();
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            // nothing is known of it
            return null;
        }
    }

    private string? _createTime;
}
