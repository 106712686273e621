using System.Collections.Concurrent;
using System.Threading.Channels;
using Actors.Notifications;
using Actors.Silo.Hosting;
using Microsoft.AspNetCore.SignalR;
using Orleans;

namespace Actors.Api.Notifications.Hub;

/// <summary>
/// The pages of this process, by users. Grains hold observers weakly and forget them after a minute, so they are held
/// here and renewed: from time to time, and when silos come or go, which moves grains.
/// </summary>
internal sealed partial class UserRooms(IGrainFactory grains, IClusterChanges changes, TimeProvider time, ILogger<UserRooms> log) : BackgroundService
{
    private const int ParallelRenewals = 32;
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, UserRoom> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _users = new(StringComparer.Ordinal);
    private readonly ILogger<UserRooms> _log = log;

    /// <summary>Takes a page in; the first thing that it hears is how many are unread.</summary>
    public async Task OpenAsync(string user, HubConnectionContext connection)
    {
        var page = new UserPage(connection);
        UserRoom room;
        lock (_lock)
        {
            if (!_rooms.TryGetValue(user, out room!))
            {
                _rooms[user] = room = new UserRoom(user);
                room.Reference = grains.CreateObjectReference<IUserObserver>(room);
            }

            room.Pages[connection.ConnectionId] = page;
        }

        _users[connection.ConnectionId] = user;
        _ = PumpAsync(page);
        await RenewAsync(room);
    }

    /// <summary>The page is gone.</summary>
    public async Task CloseAsync(string connectionId)
    {
        if (!_users.TryRemove(connectionId, out var user))
        {
            return;
        }

        UserRoom? empty = null;
        lock (_lock)
        {
            if (_rooms.TryGetValue(user, out var room))
            {
                if (room.Pages.TryRemove(connectionId, out var page))
                {
                    page.Close();
                }

                if (room.Pages.IsEmpty)
                {
                    _rooms.Remove(user);
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
            UserRoom[] rooms;
            lock (_lock)
            {
                rooms = [.. _rooms.Values];
            }

            await Parallel.ForEachAsync(
                rooms, new ParallelOptions { MaxDegreeOfParallelism = ParallelRenewals, CancellationToken = stoppingToken }, async (room, _) => await RenewAsync(room));
        }
    }

    private async Task RenewAsync(UserRoom room)
    {
        try
        {
            await grains.GetUserGrain(new UserKey(room.User)).SubscribeAsync(room.Reference!);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // pages ask by themselves meanwhile, and the next renewal tries again
            LogNotReached(failure);
        }
    }

    private async Task ForgetAsync(UserRoom room)
    {
        try
        {
            await grains.GetUserGrain(new UserKey(room.User)).UnsubscribeAsync(room.Reference!);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the grain forgets it by itself within a minute
            LogNotReached(failure);
        }

        grains.DeleteObjectReference<IUserObserver>(room.Reference!);
    }

    private async Task PumpAsync(UserPage page)
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
            LogPushFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A user could not be reached for his pages.")]
    private partial void LogNotReached(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pushing to a page of a user failed; it asks by itself.")]
    private partial void LogPushFailed(Exception failure);
}
