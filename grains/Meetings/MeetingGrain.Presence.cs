using Actors.Meetings.Conferences;
using Orleans;
using Orleans.Runtime;

namespace Actors.Meetings;

/// <summary>Who is in it, in memory; what lasts of it is written beside the callers.</summary>
internal sealed partial class MeetingGrain
{
    private const string Expiry = "expiry";

    /// <summary>What is older was not told by a server's grain that lives: it is asked.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    /// <summary>Who does not renew for so long is gone.</summary>
    private static readonly TimeSpan ObserverLifetime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromDays(1);
    private static readonly TimeSpan ExpiryCheck = TimeSpan.FromDays(1);

    private MeetingPresence? _presence;
    private DateTimeOffset? _lastSeen;
    private IGrainTimer? _writing;

    private DateTimeOffset? LastTimeRunning => _lastSeen ?? _meeting?.LastTimeRunning;

    public async Task<MeetingPresence?> GetPresenceAsync()
    {
        if (_meeting is null)
        {
            return null;
        }

        await LookAsync();
        return _presence ?? MeetingPresence.Nobody(time.GetUtcNow());
    }

    public async Task SeenAsync(string server, MeetingPresence presence)
    {
        if (_meeting is { } meeting && meeting.Server == server)
        {
            Take(presence);
            await _observers.Notify(observer => observer.OnPresenceAsync(presence));
        }
    }

    public async Task SubscribeAsync(IMeetingObserver observer)
    {
        if (await GetPresenceAsync() is { } presence)
        {
            _observers.Subscribe(observer, observer);
            await observer.OnPresenceAsync(presence);
        }
    }

    public Task UnsubscribeAsync(IMeetingObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (reminderName == Remind)
        {
            await RemindAsync();
            return;
        }

        if (_meeting is { } meeting && LastUse(meeting) + _options.KeepFor > time.GetUtcNow())
        {
            foreach (var link in _links.Where(link => link.HasToTell))
            {
                await TellAsync(meeting, link);
            }

            return;
        }

        await this.OrDeactivateAsync(state.ClearStateAsync);
        (_meeting, _links) = (null, []);
        await EndReminderAsync(Expiry);
        await EndReminderAsync(Remind);

        LogForgotten(Id);
    }

    private async Task EndReminderAsync(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    private DateTimeOffset LastUse(StoredMeeting meeting)
    {
        var last = meeting.Content.NotAfter is { } closes && closes > meeting.Updated ? closes : meeting.Updated;
        return LastTimeRunning is { } seen && seen > last ? seen : last;
    }

    private static bool NeedsTouch(StoredMeeting meeting, DateTimeOffset now) => now - meeting.Updated > BetweenTouches;

    /// <summary>Asks the server's grain, which answers from its memory, where nothing was told of late.</summary>
    private async Task LookAsync()
    {
        if (_meeting is not { Server.Length: > 0 } meeting || (_presence is { } known && time.GetUtcNow() - known.At < Stale))
        {
            return;
        }

        try
        {
            var seen = await GrainFactory.GetBbbServerGrain(new BbbServerKey(meeting.Server)).LookAsync(Id).WaitAsync(LookPatience, time);
            if (seen is not null && (_presence is null || seen.At > _presence.At))
            {
                Take(seen);
            }
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            // what was known stays known
        }
    }

    private void Take(MeetingPresence presence)
    {
        var wasRunning = _presence?.Running ?? false;
        _presence = presence;
        if (presence.Running)
        {
            _lastSeen = presence.At;
        }
        else if (wasRunning)
        {
            // who comes now finds no conference, or another one
            _conference = null;
        }

        if (_lastSeen is { } seen && _writing is null
            && (_meeting!.LastTimeRunning is not { } written || presence.Running != wasRunning || seen - written > BetweenWrites))
        {
            _writing = this.RegisterGrainTimer(WriteLastSeenAsync, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task WriteLastSeenAsync(CancellationToken cancellationToken)
    {
        _writing?.Dispose();
        _writing = null;
        if (_meeting is { } meeting && _lastSeen is { } seen && seen != meeting.LastTimeRunning)
        {
            await StoreAsync(meeting with { LastTimeRunning = seen });
        }
    }
}
