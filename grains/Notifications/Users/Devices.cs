using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Notifications.Users;

/// <summary>A user's devices: unique by endpoint, bounded, the oldest first.</summary>
internal static class Devices
{
    private const int IdBytes = 12;
    private const int HashBytes = 8;

    /// <summary>With a browser's subscription in it, and which device that is; those that had to make room.</summary>
    public static (ImmutableArray<StoredDevice> Devices, StoredDevice Subscribed, ImmutableArray<StoredDevice> Gone) Subscribe(
        IReadOnlyList<StoredDevice> devices, SubscribeDevice command, int limit, DateTimeOffset now)
    {
        var same = devices.FirstOrDefault(device => device.Subscription.Endpoint == command.Subscription.Endpoint);
        var known = same ?? devices.FirstOrDefault(device => command.Replaces is not null && device.Id == command.Replaces);
        var subscribed = known is null
            ? new StoredDevice(NewId(), command.Subscription, command.Label, Name: null, now, IsOff: false, Preferences: null, Strikes: 0, LastStatus: null, LastStrike: null)
            : known with { Subscription = command.Subscription, Label = command.Label, Strikes = 0, LastStatus = null, LastStrike = null };
        var all = known is null ? [.. devices, subscribed] : devices.Select(device => device.Id == known.Id ? subscribed : device).ToImmutableArray();

        // a page that renews what another tab renewed before leaves its old self behind
        var left = same is not null && command.Replaces is not null && command.Replaces != same.Id
            ? all.Where(device => device.Id == command.Replaces).ToImmutableArray()
            : [];
        var kept = all.RemoveRange(left);
        var gone = kept.Where(device => device.Id != subscribed.Id).Take(Math.Max(0, kept.Length - limit)).ToImmutableArray();
        return (kept.RemoveRange(gone), subscribed, [.. left, .. gone]);
    }

    /// <summary>With a change made to one.</summary>
    public static StoredDevice Change(StoredDevice device, ChangeDevice command) => device with
    {
        Name = command.Name switch { null => device.Name, "" => null, var name => name },
        IsOff = command.IsOn is { } isOn ? !isOn : device.IsOff,
        Preferences = command.Preferences ?? device.Preferences,
    };

    /// <summary>How a device looks from outside.</summary>
    /// <param name="device">The device.</param>
    /// <param name="lastSuccess">When its push service last took something, or null.</param>
    public static DeviceInfo Describe(StoredDevice device, DateTimeOffset? lastSuccess)
    {
        var isWell = device.LastStrike is null || lastSuccess >= device.LastStrike;
        return new(
            device.Id, device.Name, device.Label, OriginOf(device.Subscription), EndpointHash(device.Subscription.Endpoint), device.Created, lastSuccess,
            isWell ? 0 : device.Strikes, isWell ? null : device.LastStatus, !device.IsOff, device.MutedOrigins, device.Preferences?.Quiet);
    }

    /// <summary>The origin of a subscription's push service.</summary>
    public static string OriginOf(PushSubscription subscription) => new Uri(subscription.Endpoint).GetLeftPart(UriPartial.Authority);

    /// <summary>By it a page finds the device that it is, without being told addresses of others.</summary>
    public static string EndpointHash(string endpoint) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint)).AsSpan(0, HashBytes));

    private static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
}
