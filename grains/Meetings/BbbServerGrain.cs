using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Meetings;

/// <inheritdoc cref="IBbbServerGrain"/>
internal sealed partial class BbbServerGrain(IBbbApi bbb, IOptions<MeetingOptions> options, TimeProvider time, ILogger<BbbServerGrain> log)
    : Grain, IBbbServerGrain
{
    private const int ParallelTellings = 16;

    /// <summary>How long somebody who looked, or a conference that was put there, makes the server be asked often.</summary>
    private static readonly TimeSpan Interest = TimeSpan.FromMinutes(2);

    /// <summary>How long the people of a new conference are on their way.</summary>
    private static readonly TimeSpan OnTheirWay = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan BetweenDoubts = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TellingPatience = TimeSpan.FromSeconds(2);

    private readonly MeetingOptions _options = options.Value;
    private readonly ILogger<BbbServerGrain> _log = log;
    private readonly Queue<DateTimeOffset> _placed = new();

    /// <summary>What each meeting was told; those that could not be told are told again.</summary>
    private readonly Dictionary<Guid, MeetingPresence> _told = [];

    private Dictionary<Guid, MeetingPresence> _present = [];
    private BbbServerStatus _status = new(Answers: true, 0, SilentSince: null, Problem: null, 0, 0, 0, AskedAt: null);
    private DateTimeOffset _interestUntil;
    private DateTimeOffset _nextPoll;
    private DateTimeOffset _polledAt;
    private Task? _polling;

    private string Name => BbbServerKey.Parse(this.GetPrimaryKeyString()).Name;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _interestUntil = time.GetUtcNow() + Interest;
        this.RegisterGrainTimer(TickAsync, TimeSpan.Zero, _options.PollInterval);
        return Task.CompletedTask;
    }

    public Task<BbbServerStatus> GetStatusAsync() => Task.FromResult(_status with { Placed = CountPlaced() });

    public Task<MeetingPresence?> LookAsync(Guid meeting)
    {
        _interestUntil = time.GetUtcNow() + Interest;
        return Task.FromResult(
            _present.TryGetValue(meeting, out var presence) ? presence
            : _status.AskedAt is { } asked ? MeetingPresence.Nobody(asked)
            : null);
    }

    public Task PlacedAsync()
    {
        var now = time.GetUtcNow();
        _interestUntil = now + Interest;
        _placed.Enqueue(now);
        return Task.CompletedTask;
    }

    public async Task<BbbServerStatus> DoubtAsync()
    {
        _interestUntil = time.GetUtcNow() + Interest;
        if (_polling is not null || time.GetUtcNow() - _polledAt >= BetweenDoubts)
        {
            await PollAsync();
        }

        return await GetStatusAsync();
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isBusy = now < _interestUntil || _present.Values.Any(presence => presence.Running);
        if (isBusy || now >= _nextPoll)
        {
            await PollAsync();
            _nextPoll = time.GetUtcNow() + _options.IdlePollInterval;
        }
    }

    /// <summary>One question at a time; who wants another one waits for this one's answer.</summary>
    private Task PollAsync()
    {
        return _polling ?? Begin();

        async Task Begin()
        {
            var polling = PollNowAsync();
            _polling = polling;
            try
            {
                await polling;
            }
            finally
            {
                _polling = null;
                _polledAt = time.GetUtcNow();
            }
        }
    }

    private async Task PollNowAsync()
    {
        var asked = time.GetUtcNow();
        ImmutableArray<BbbMeeting> meetings;
        try
        {
            meetings = await bbb.GetMeetingsAsync(Name, CancellationToken.None);
        }
        catch (IOException failure)
        {
            if (_status.Answers)
            {
                LogSilent(Name, failure.Message);
            }

            _status = _status with { Answers = false, Failures = _status.Failures + 1, SilentSince = _status.SilentSince ?? asked, Problem = failure.Message };
            return;
        }

        if (!_status.Answers)
        {
            LogAnswers(Name);
        }

        _present = meetings
            .Where(meeting => Guid.TryParseExact(meeting.Id, "D", out _))
            .GroupBy(meeting => Guid.ParseExact(meeting.Id, "D"))
            // two of one name were seen: https://github.com/bigbluebutton/bigbluebutton/issues/9980
            .ToDictionary(same => same.Key, same => new MeetingPresence(
                same.Any(meeting => meeting.Running), same.Sum(meeting => meeting.Participants), same.Sum(meeting => meeting.Moderators), asked));
        _status = new(Answers: true, 0, SilentSince: null, Problem: null, meetings.Length, meetings.Sum(meeting => meeting.Participants), 0, asked);
        await TellAsync(asked);
    }

    /// <summary>Tells the meetings of which something changed.</summary>
    private async Task TellAsync(DateTimeOffset asked)
    {
        var changes = _present.Where(now => !_told.TryGetValue(now.Key, out var before) || before with { At = now.Value.At } != now.Value)
            .Concat(_told.Keys.Where(meeting => !_present.ContainsKey(meeting)).Select(gone => KeyValuePair.Create(gone, MeetingPresence.Nobody(asked))))
            .ToList();
        foreach (var some in changes.Chunk(ParallelTellings))
        {
            await Task.WhenAll(some.Select(change => TellAsync(change.Key, change.Value)));
        }
    }

    private async Task TellAsync(Guid meeting, MeetingPresence presence)
    {
        try
        {
            await GrainFactory.GetMeetingGrain(new MeetingKey(meeting)).SeenAsync(Name, presence).WaitAsync(TellingPatience, time);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or IOException)
        {
            // told again with the next answer
            return;
        }

        if (_present.ContainsKey(meeting))
        {
            _told[meeting] = presence;
        }
        else
        {
            _told.Remove(meeting);
        }
    }

    private int CountPlaced()
    {
        var before = time.GetUtcNow() - OnTheirWay;
        while (_placed.TryPeek(out var at) && at < before)
        {
            _placed.Dequeue();
        }

        return _placed.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server} does not answer: {Problem}")]
    private partial void LogSilent(string server, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Server {Server} answers again.")]
    private partial void LogAnswers(string server);
}
