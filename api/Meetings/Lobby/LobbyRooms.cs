using System.Collections.Concurrent;
using System.Threading.Channels;
using Actors.Api.Hubs;
using Actors.Meetings;
using Actors.Silo.Hosting;
using Microsoft.AspNetCore.SignalR;
using Orleans;

namespace Actors.Api.Meetings.Lobby;

/// <summary>
/// The pages of this process, by meetings. Grains hold observers weakly and forget them after a minute, so they are held
/// here and renewed: from time to time, and when silos come or go, which moves grains.
/// </summary>
internal sealed partial class LobbyRooms(IGrainFactory grains, IClusterChanges changes, TimeProvider time, ILogger<LobbyRooms> log) : BackgroundService
{
    private const int ParallelRenewals = 32;
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LobbyRoom> _rooms = [];
    private readonly ConcurrentDictionary<string, Guid> _meetings = new(StringComparer.Ordinal);
    private readonly ILogger<LobbyRooms> _log = log;

    /// <summary>Takes a page in, when there is such a meeting.</summary>
    public async Task OpenAsync(Guid meeting, HubConnectionContext connection)
    {
        var grain = grains.GetMeetingGrain(new MeetingKey(meeting));
        if (await grain.GetPresenceAsync() is not { } presence || await DescribeAsync(meeting, presence) is not { } state)
        {
            throw HubRefusals.Refuse(LobbyEndpoints.UnknownMeeting);
        }

        var page = new LobbyPage(connection);
        page.Show(LobbyRoom.Message(state));
        LobbyRoom room;
        bool isFirst;
        lock (_lock)
        {
            if (!_rooms.TryGetValue(meeting, out room!))
            {
                _rooms[meeting] = room = new LobbyRoom(meeting, presence => DescribeAsync(meeting, presence));
                room.Reference = grains.CreateObjectReference<IMeetingObserver>(room);
            }

            isFirst = room.Pages.IsEmpty;
            room.Pages[connection.ConnectionId] = page;
        }

        _meetings[connection.ConnectionId] = meeting;
        _ = PumpAsync(page, meeting);
        if (isFirst)
        {
            await RenewAsync(room);
        }
    }

    /// <summary>The page is gone.</summary>
    public async Task CloseAsync(string connectionId)
    {
        if (!_meetings.TryRemove(connectionId, out var meeting))
        {
            return;
        }

        LobbyRoom? empty = null;
        lock (_lock)
        {
            if (_rooms.TryGetValue(meeting, out var room))
            {
                if (room.Pages.TryRemove(connectionId, out var page))
                {
                    page.Close();
                }

                if (room.Pages.IsEmpty)
                {
                    _rooms.Remove(meeting);
                    empty = room;
                }
            }
        }

        if (empty is not null)
        {
            await ForgetAsync(empty);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // many reasons at a time are one
        var reasons = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        changes.OnChanged(() => reasons.Writer.TryWrite(true));
        await using var timer = time.CreateTimer(_ => reasons.Writer.TryWrite(true), state: null, RenewalInterval, RenewalInterval);
        await foreach (var _ in reasons.Reader.ReadAllAsync(stoppingToken))
        {
            LobbyRoom[] rooms;
            lock (_lock)
            {
                rooms = [.. _rooms.Values];
            }

            await Parallel.ForEachAsync(
                rooms, new ParallelOptions { MaxDegreeOfParallelism = ParallelRenewals, CancellationToken = stoppingToken }, async (room, _) => await RenewAsync(room));
        }
    }

    private async Task<LobbyBody?> DescribeAsync(Guid meeting, MeetingPresence presence) =>
        await grains.GetMeetingGrain(new MeetingKey(meeting)).GetAsync() is { } info ? LobbyBody.Of(info, presence, address: "", time.GetUtcNow()) : null;

    private async Task RenewAsync(LobbyRoom room)
    {
        try
        {
            await grains.GetMeetingGrain(new MeetingKey(room.Meeting)).SubscribeAsync(room.Reference!);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // pages ask by themselves meanwhile, and the next renewal tries again
            LogNotReached(failure, room.Meeting);
        }
    }

    private async Task ForgetAsync(LobbyRoom room)
    {
        try
        {
            await grains.GetMeetingGrain(new MeetingKey(room.Meeting)).UnsubscribeAsync(room.Reference!);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the grain forgets it by itself within a minute
            LogNotReached(failure, room.Meeting);
        }

        grains.DeleteObjectReference<IMeetingObserver>(room.Reference!);
    }

    private async Task PumpAsync(LobbyPage page, Guid meeting)
    {
        try
        {
            await page.PumpAsync();
        }
        catch (OperationCanceledException)
        {
            // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogPushFailed(failure, meeting);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Meeting {Meeting} could not be reached for its pages.")]
    private partial void LogNotReached(Exception failure, Guid meeting);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pushing to a page of meeting {Meeting} failed; it asks by itself.")]
    private partial void LogPushFailed(Exception failure, Guid meeting);
}
