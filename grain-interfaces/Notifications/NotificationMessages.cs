using System.Collections.Immutable;
using Orleans;

namespace Actors.Notifications;

/// <summary>A message to send.</summary>
/// <param name="Fingerprint">A hash of all that was asked: a repeat has the same.</param>
/// <param name="Content">What it says.</param>
/// <param name="User">The one user it is for, or null.</param>
/// <param name="Users">The users it is for, each once, at most 100,000; or empty.</param>
/// <param name="Group">The group it is for, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.send")]
public sealed record SendMessage(
    [property: Id(0)] ImmutableArray<byte> Fingerprint,
    [property: Id(1)] NotificationContent Content,
    [property: Id(2)] string? User,
    [property: Id(3)] ImmutableArray<string> Users,
    [property: Id(4)] string? Group);

/// <summary>What came of sending a message.</summary>
[GenerateSerializer, Alias("actors.notifications.send-status")]
public enum SendStatus
{
    /// <summary>It is stored, now or before, and will be said.</summary>
    Accepted = 0,

    /// <summary>Its id belongs to another message.</summary>
    NotUnique = 1,
}

/// <summary>How a message stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">What it says.</param>
/// <param name="Created">When it was made.</param>
/// <param name="User">The one user it is for, or null.</param>
/// <param name="Group">The group it is for, or null.</param>
/// <param name="Total">For how many users it is; 0 for a group.</param>
/// <param name="Told">How many were told.</param>
/// <param name="IsDone">Whether all were.</param>
/// <param name="Counts">How its deliveries stand.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.message")]
public sealed record MessageInfo(
    [property: Id(0)] string Id,
    [property: Id(1)] NotificationContent Content,
    [property: Id(2)] DateTimeOffset Created,
    [property: Id(3)] string? User,
    [property: Id(4)] string? Group,
    [property: Id(5)] int Total,
    [property: Id(6)] int Told,
    [property: Id(7)] bool IsDone,
    [property: Id(8)] ImmutableArray<DeliveryCount> Counts);

/// <summary>Something to tell a user.</summary>
/// <param name="Id">The notification's id.</param>
/// <param name="Message">The message's id.</param>
/// <param name="Content">What it says.</param>
/// <param name="Created">When the message was made, or, if that is later, was to be said.</param>
/// <param name="IsBulk">Whether many others are told the same.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.notify")]
public sealed record NotifyUser(
    [property: Id(0)] string Id,
    [property: Id(1)] string Message,
    [property: Id(2)] NotificationContent Content,
    [property: Id(3)] DateTimeOffset Created,
    [property: Id(4)] bool IsBulk);

/// <summary>A part of a user's list that is asked for.</summary>
/// <param name="IsNew">Only those that he did nothing with.</param>
/// <param name="Before">The cursor of the page, or null for the first.</param>
/// <param name="Limit">How many, 1 to 100.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.list")]
public sealed record ListNotifications([property: Id(0)] bool IsNew, [property: Id(1)] NotificationCursor? Before, [property: Id(2)] int Limit);

/// <summary>Whether something about a device or a notification was done.</summary>
[GenerateSerializer, Alias("actors.notifications.status")]
public enum NotificationStatus
{
    /// <summary>Done, or done before.</summary>
    Done = 0,

    /// <summary>The user has no such device or notification.</summary>
    Unknown = 1,

    /// <summary>The device is switched off.</summary>
    Off = 2,

    /// <summary>Too many tests within a minute.</summary>
    TooOften = 3,
}

/// <summary>A device, or why there is none.</summary>
/// <param name="Status">Whether it was done.</param>
/// <param name="Device">The device, when it was.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.device-outcome")]
public sealed record DeviceOutcome([property: Id(0)] NotificationStatus Status, [property: Id(1)] DeviceInfo? Device);

/// <summary>What came of a test.</summary>
/// <param name="Status">Whether it was queued.</param>
/// <param name="Notification">The id of its notification, when it was.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.test-outcome")]
public sealed record TestOutcome([property: Id(0)] NotificationStatus Status, [property: Id(1)] string? Notification);
