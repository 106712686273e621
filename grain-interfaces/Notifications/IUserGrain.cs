using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Notifications;

/// <summary>A user: his devices, what he wants to hear of, and his list of notifications.</summary>
[Alias("actors.notifications.user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Adds a device, or brings the one with this endpoint up to date. Beyond the limit the oldest goes.</summary>
    [Alias("subscribe-device")]
    Task<DeviceInfo> SubscribeDeviceAsync(SubscribeDevice command);

    /// <summary>His devices, the oldest first.</summary>
    [Alias("devices")]
    Task<ImmutableArray<DeviceInfo>> GetDevicesAsync();

    /// <summary>Whether he has this device.</summary>
    /// <param name="device">The device's id.</param>
    [Alias("has-device")]
    Task<bool> HasDeviceAsync(string device);

    /// <summary>Changes a device.</summary>
    [Alias("change-device")]
    Task<DeviceOutcome> ChangeDeviceAsync(ChangeDevice command);

    /// <summary>Removes a device, or all when null; how many. What was not sent to it yet is gone.</summary>
    /// <param name="device">The device's id, or null.</param>
    [Alias("remove-device")]
    Task<int> RemoveDevicesAsync(string? device);

    /// <summary>A push service says that a device is subscribed no more; one that has another endpoint by now stays.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="endpoint">The endpoint that is gone.</param>
    [Alias("device-gone")]
    Task DeviceGoneAsync(string device, string endpoint);

    /// <summary>A push service refused something for a device, which stays.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="status">What the push service answered.</param>
    [Alias("device-struck")]
    Task DeviceStruckAsync(string device, int status);

    /// <summary>Sends a notification to one device, to see whether it arrives.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="content">What it says.</param>
    [Alias("test-device")]
    Task<TestOutcome> TestDeviceAsync(string device, NotificationContent content);

    /// <summary>What he wants on all devices.</summary>
    [Alias("preferences")]
    Task<PushPreferences> GetPreferencesAsync();

    /// <summary>Changes what he wants on all devices.</summary>
    [Alias("set-preferences")]
    Task SetPreferencesAsync(PushPreferences preferences);

    /// <summary>Puts a notification on his list, once, queues what is to be sent, and tells his open pages. Answers with the queues that have something to send.</summary>
    [Alias("notify")]
    Task<ImmutableArray<string>> NotifyAsync(NotifyUser command);

    /// <summary>A part of his list.</summary>
    [Alias("list")]
    Task<NotificationPage> ListAsync(ListNotifications command);

    /// <summary>What he did with a notification; it disappears from his other devices and pages.</summary>
    /// <param name="notification">Its id.</param>
    /// <param name="mark">What he did.</param>
    /// <param name="device">The device on which he did it, or null.</param>
    [Alias("mark")]
    Task<NotificationStatus> MarkAsync(string notification, NotificationMark mark, string? device);

    /// <summary>A device says that it shows a notification.</summary>
    /// <param name="notification">Its id.</param>
    /// <param name="device">The device's id.</param>
    [Alias("shown")]
    Task<NotificationStatus> ShownAsync(string notification, string device);

    /// <summary>Tells this observer what is new until it is removed or expires; renew within a minute.</summary>
    [Alias("subscribe"), AlwaysInterleave]
    Task SubscribeAsync(IUserObserver observer);

    /// <summary>Removes an observer.</summary>
    [Alias("unsubscribe"), AlwaysInterleave]
    Task UnsubscribeAsync(IUserObserver observer);
}

/// <summary>Open pages of a user, seen from his grain: one for all pages of a process.</summary>
[Alias("actors.notifications.observer")]
public interface IUserObserver : IGrainObserver
{
    /// <summary>There is a notification.</summary>
    /// <param name="notification">The notification.</param>
    [Alias("notification"), OneWay]
    Task OnNotificationAsync(NotificationInfo notification);

    /// <summary>How many he did nothing with yet.</summary>
    /// <param name="count">How many.</param>
    [Alias("unread"), OneWay]
    Task OnUnreadAsync(int count);

    /// <summary>He did something with a notification.</summary>
    /// <param name="notification">Its id.</param>
    [Alias("removed"), OneWay]
    Task OnRemovedAsync(string notification);
}
