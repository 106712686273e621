using System.Collections.Immutable;
using Orleans;

namespace Actors.Notifications;

/// <summary>A browser's subscription at its push service, as PushSubscription gives it.</summary>
/// <param name="Endpoint">Its address at the push service.</param>
/// <param name="P256dh">Its public key: 65 bytes, an uncompressed point of P-256 (RFC 8291, section 3.1).</param>
/// <param name="Auth">Its secret: 16 bytes (RFC 8291, section 3.2).</param>
/// <param name="Expires">When it ends, where the browser knows; or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.subscription")]
public sealed record PushSubscription(
    [property: Id(0)] string Endpoint,
    [property: Id(1)] ImmutableArray<byte> P256dh,
    [property: Id(2)] ImmutableArray<byte> Auth,
    [property: Id(3)] DateTimeOffset? Expires);

/// <summary>A browser that a user wants to be told by.</summary>
/// <param name="Subscription">Its subscription.</param>
/// <param name="Label">What browser it is, from its own words, at most 200 characters.</param>
/// <param name="Replaces">The device whose subscription this one takes the place of, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.subscribe")]
public sealed record SubscribeDevice(
    [property: Id(0)] PushSubscription Subscription,
    [property: Id(1)] string Label,
    [property: Id(2)] string? Replaces);

/// <summary>A device of a user.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its user calls it, or null.</param>
/// <param name="Label">What browser it is.</param>
/// <param name="Origin">The origin of its push service.</param>
/// <param name="EndpointHash">The first 16 hexadecimal digits of the SHA-256 of its endpoint: by it a page finds itself.</param>
/// <param name="Created">When it was subscribed.</param>
/// <param name="LastSuccess">When its push service last took something, or null.</param>
/// <param name="Strikes">How many refusals followed since.</param>
/// <param name="LastStatus">The last of them, or null.</param>
/// <param name="IsOn">Whether it is to be told.</param>
/// <param name="MutedOrigins">Services of the portal it is not to be told of.</param>
/// <param name="Quiet">When it is to be quiet, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.device")]
public sealed record DeviceInfo(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Name,
    [property: Id(2)] string Label,
    [property: Id(3)] string Origin,
    [property: Id(4)] string EndpointHash,
    [property: Id(5)] DateTimeOffset Created,
    [property: Id(6)] DateTimeOffset? LastSuccess,
    [property: Id(7)] int Strikes,
    [property: Id(8)] int? LastStatus,
    [property: Id(9)] bool IsOn,
    [property: Id(10)] ImmutableArray<string> MutedOrigins,
    [property: Id(11)] QuietHours? Quiet);

/// <summary>Hours of the day at which only what is urgent comes; the rest waits until they end.</summary>
/// <param name="From">The first minute of the day, 0 to 1,439.</param>
/// <param name="To">The first minute after them, 0 to 1,439; before <paramref name="From"/> they go over midnight.</param>
/// <param name="TimeZone">Whose day it is: an IANA name, such as <c>Europe/Paris</c>.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.quiet")]
public sealed record QuietHours([property: Id(0)] int From, [property: Id(1)] int To, [property: Id(2)] string TimeZone);

/// <summary>What a user wants; for all his devices, or for one.</summary>
/// <param name="MutedOrigins">Services of the portal he does not want to be told of, at most 50.</param>
/// <param name="Quiet">When he wants to be left alone, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.preferences")]
public sealed record PushPreferences([property: Id(0)] ImmutableArray<string> MutedOrigins, [property: Id(1)] QuietHours? Quiet);

/// <summary>What is to change in a device; null leaves it as it is.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Name">What its user calls it, at most 100 characters; empty for nothing.</param>
/// <param name="IsOn">Whether it is to be told.</param>
/// <param name="Preferences">What it is to be told.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.change-device")]
public sealed record ChangeDevice(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Name,
    [property: Id(2)] bool? IsOn,
    [property: Id(3)] PushPreferences? Preferences);
