using Actors.Notifications;

namespace Actors.Api.Notifications.Devices;

/// <summary>A device, as its user sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its user calls it, or null.</param>
/// <param name="Label">What browser it is.</param>
/// <param name="Origin">The origin of its push service.</param>
/// <param name="EndpointHash">The first 16 hexadecimal digits of the SHA-256 of its endpoint: by it a page finds itself.</param>
/// <param name="Created">When it was subscribed.</param>
/// <param name="LastSuccess">When its push service last took something, or null.</param>
/// <param name="Strikes">How many refusals followed since.</param>
/// <param name="LastStatus">The last of them, or null.</param>
/// <param name="On">Whether it is told of anything.</param>
/// <param name="MutedOrigins">Services of the portal that it is not told of.</param>
/// <param name="Quiet">When only what is urgent comes, or null.</param>
internal sealed record DeviceBody(
    string Id, string? Name, string Label, string Origin, string EndpointHash, DateTimeOffset Created, DateTimeOffset? LastSuccess, int Strikes, int? LastStatus,
    bool On, IReadOnlyList<string> MutedOrigins, QuietBody? Quiet)
{
    public static DeviceBody Of(DeviceInfo device) => new(
        device.Id, device.Name, device.Label, device.Origin, device.EndpointHash, device.Created, device.LastSuccess, device.Strikes, device.LastStatus,
        device.IsOn, device.MutedOrigins, QuietBody.Of(device.Quiet));
}

/// <summary>A device that was just subscribed.</summary>
/// <param name="Device">The device.</param>
/// <param name="Token">By it the device renews its subscription, acknowledges and forgets when no page is open; it ends with the device.</param>
internal sealed record SubscribedBody(DeviceBody Device, string Token);

/// <summary>A user's devices.</summary>
/// <param name="Items">The oldest first.</param>
internal sealed record DeviceList(IReadOnlyList<DeviceBody> Items);

/// <summary>How many devices were removed.</summary>
/// <param name="Removed">How many.</param>
internal sealed record RemovedBody(int Removed);

/// <summary>What a user wants on all devices.</summary>
/// <param name="MutedOrigins">Services of the portal that he is not told of.</param>
/// <param name="Quiet">When only what is urgent comes, or null.</param>
internal sealed record PreferencesBody(IReadOnlyList<string> MutedOrigins, QuietBody? Quiet)
{
    public static PreferencesBody Of(PushPreferences preferences) => new(preferences.MutedOrigins, QuietBody.Of(preferences.Quiet));
}

/// <summary>Hours of the day.</summary>
/// <param name="From">The first minute, <c>22:00</c>.</param>
/// <param name="To">The first minute after them, <c>07:00</c>.</param>
/// <param name="TimeZone">Whose day it is: an IANA name.</param>
internal sealed record QuietBody(string From, string To, string TimeZone)
{
    public static QuietBody? Of(QuietHours? quiet) => quiet is null ? null : new(Clock(quiet.From), Clock(quiet.To), quiet.TimeZone);

    private static string Clock(int minute) => new TimeOnly(minute / 60, minute % 60).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
