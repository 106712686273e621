using System.Collections.Concurrent;
using System.Text.Json;
using Actors.Api.Hubs;
using Actors.Api.Notifications.Lists;
using Actors.Notifications;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Notifications.Hub;

/// <summary>All pages of this process that a user has open, as his grain sees them.</summary>
internal sealed class UserRoom(string user) : IUserObserver
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>To a page that missed something: ask for the list.</summary>
    public static SerializedHubMessage Missed { get; } = HubRecords.Call("Missed", static json => json.WriteBooleanValue(true));

    /// <summary>The pages by their connections.</summary>
    public ConcurrentDictionary<string, UserPage> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>The user's id.</summary>
    public string User => user;

    /// <summary>The reference by which the grain calls this object.</summary>
    public IUserObserver? Reference { get; set; }

    public Task OnNotificationAsync(NotificationInfo notification) =>
        TellAsync(HubRecords.Call("Notification", json => JsonSerializer.Serialize(json, NotificationBody.Of(notification), s_json)));

    public Task OnUnreadAsync(int count) => TellAsync(HubRecords.Call("Unread", json => json.WriteNumberValue(count)));

    public Task OnRemovedAsync(string notification) => TellAsync(HubRecords.Call("Removed", json => json.WriteStringValue(notification)));

    private Task TellAsync(SerializedHubMessage message)
    {
        foreach (var page in Pages.Values)
        {
            page.Tell(message);
        }

        return Task.CompletedTask;
    }
}
