using System.Collections.Immutable;
using Orleans;

namespace Actors.Notifications.Users;

/// <summary>A user's row. His notifications are rows of their own.</summary>
[GenerateSerializer, Alias("actors.notifications.user-state")]
internal sealed class UserState
{
    /// <summary>His devices, the oldest first; bounded by the settings.</summary>
    [Id(0)]
    public List<StoredDevice> Devices { get; set; } = [];

    /// <summary>What he wants on all of them.</summary>
    [Id(1)]
    public PushPreferences? Preferences { get; set; }
}

/// <summary>A device, as stored.</summary>
/// <param name="Id">Its id; never used again.</param>
/// <param name="Subscription">Where it is reached.</param>
/// <param name="Label">What browser it is.</param>
/// <param name="Name">What its user calls it, or null.</param>
/// <param name="Created">When it was subscribed.</param>
/// <param name="IsOff">Whether it is to be left alone.</param>
/// <param name="Preferences">What it is to be told, or null.</param>
/// <param name="Strikes">Refusals since something was last taken, as far as they were written down.</param>
/// <param name="LastStatus">What the push service last refused with, or null.</param>
/// <param name="LastStrike">When, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.stored-device")]
internal sealed record StoredDevice(
    [property: Id(0)] string Id,
    [property: Id(1)] PushSubscription Subscription,
    [property: Id(2)] string Label,
    [property: Id(3)] string? Name,
    [property: Id(4)] DateTimeOffset Created,
    [property: Id(5)] bool IsOff,
    [property: Id(6)] PushPreferences? Preferences,
    [property: Id(7)] int Strikes,
    [property: Id(8)] int? LastStatus,
    [property: Id(9)] DateTimeOffset? LastStrike)
{
    /// <summary>The services of the portal that it is not to be told of.</summary>
    public ImmutableArray<string> MutedOrigins => Preferences?.MutedOrigins ?? [];
}
