using Actors.Api.Hubs;
using Actors.Api.Notifications.Users;
using Actors.Notifications;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Orleans;

namespace Actors.Api.Notifications.Hub;

/// <summary>Open pages of users (protocols/hubs.md): Notification, Unread, Removed; and Missed, after which a page asks for its list.</summary>
internal sealed class NotificationsHub(UserRooms rooms, IGrainFactory grains) : Microsoft.AspNetCore.SignalR.Hub
{
    public override Task OnConnectedAsync() => rooms.OpenAsync(Caller.User, Context.Features.GetRequiredFeature<HubConnectionContext>());

    public override Task OnDisconnectedAsync(Exception? exception) => rooms.CloseAsync(Context.ConnectionId);

    /// <summary>The user knows.</summary>
    public Task Acknowledge(string id) => MarkAsync(id, NotificationMark.Acknowledged);

    /// <summary>He wants to see it no more.</summary>
    public Task Forget(string id) => MarkAsync(id, NotificationMark.Forgotten);

    private UserCaller Caller => Context.GetHttpContext()!.CallerOf();

    private async Task MarkAsync(string id, NotificationMark mark)
    {
        if (!Ids.IsNotification(id ?? "") || await grains.GetUserGrain(new UserKey(Caller.User)).MarkAsync(id!, mark, Caller.Device) is NotificationStatus.Unknown)
        {
            throw HubRefusals.Refuse(PushRefusals.NotificationUnknown);
        }
    }
}
