using System.Collections.Immutable;
using Orleans;

namespace Actors.Notifications;

/// <summary>What is said to one user or to many.</summary>
/// <param name="Origin">Which service of the portal says it: by it users mute, 1 to 64 characters.</param>
/// <param name="Summary">The title, 1 to 200 characters.</param>
/// <param name="Body">The text, at most 2,000 characters.</param>
/// <param name="Url">What a click opens, or null.</param>
/// <param name="Icon">An image's address, or null.</param>
/// <param name="Image">A large image's address, or null.</param>
/// <param name="Locale">The language of the texts, or null.</param>
/// <param name="Actions">Buttons, at most 2.</param>
/// <param name="Ttl">For how many seconds a push service may keep it, 0 to 2,419,200.</param>
/// <param name="Urgency">How urgent it is.</param>
/// <param name="Topic">A newer one of the same topic replaces it where it was not delivered yet; at most 32 of A-Z, a-z, 0-9, - and _; null for its own.</param>
/// <param name="ValidFrom">Before this nobody hears of it, or null.</param>
/// <param name="ValidTo">After this nobody hears of it any more, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.content")]
public sealed record NotificationContent(
    [property: Id(0)] string Origin,
    [property: Id(1)] string Summary,
    [property: Id(2)] string Body,
    [property: Id(3)] string? Url,
    [property: Id(4)] string? Icon,
    [property: Id(5)] string? Image,
    [property: Id(6)] string? Locale,
    [property: Id(7)] ImmutableArray<NotificationAction> Actions,
    [property: Id(8)] int Ttl,
    [property: Id(9)] Urgency Urgency,
    [property: Id(10)] string? Topic,
    [property: Id(11)] DateTimeOffset? ValidFrom,
    [property: Id(12)] DateTimeOffset? ValidTo);

/// <summary>A button of a notification.</summary>
/// <param name="Action"><c>ack</c>, <c>forget</c>, or the caller's own, which opens <paramref name="Url"/>.</param>
/// <param name="Title">What it says.</param>
/// <param name="Url">What it opens, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.action")]
public sealed record NotificationAction([property: Id(0)] string Action, [property: Id(1)] string Title, [property: Id(2)] string? Url);

/// <summary>How urgent it is (RFC 8030, section 5.3). Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.notifications.urgency")]
public enum Urgency
{
    /// <summary>For devices on power and Wi-Fi.</summary>
    VeryLow = 0,

    /// <summary>For devices on either.</summary>
    Low = 1,

    /// <summary>The default.</summary>
    Normal = 2,

    /// <summary>At once; passes mutes and quiet hours.</summary>
    High = 3,
}

/// <summary>What a user did with a notification. Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.notifications.mark")]
public enum NotificationMark
{
    /// <summary>Nothing yet: it is new.</summary>
    None = 0,

    /// <summary>He knows.</summary>
    Acknowledged = 1,

    /// <summary>He wants to see it no more.</summary>
    Forgotten = 2,
}

/// <summary>A notification as its user sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">What it says.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Mark">What he did with it.</param>
/// <param name="MarkedAt">When, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.notification")]
public sealed record NotificationInfo(
    [property: Id(0)] string Id,
    [property: Id(1)] NotificationContent Content,
    [property: Id(2)] DateTimeOffset Created,
    [property: Id(3)] NotificationMark Mark,
    [property: Id(4)] DateTimeOffset? MarkedAt);

/// <summary>Part of a user's list, the newest first.</summary>
/// <param name="Items">The notifications.</param>
/// <param name="Unread">How many he did nothing with yet, at most 1,000 counted.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.page")]
public sealed record NotificationPage(
    [property: Id(0)] ImmutableArray<NotificationInfo> Items,
    [property: Id(1)] int Unread,
    [property: Id(2)] NotificationCursor? Next);

/// <summary>The last notification of a page.</summary>
/// <param name="Created">When it was made.</param>
/// <param name="Id">Its id.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.cursor")]
public sealed record NotificationCursor([property: Id(0)] DateTimeOffset Created, [property: Id(1)] string Id);

/// <summary>How a delivery to a device stands. Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.notifications.delivery-state")]
public enum DeliveryState
{
    /// <summary>To be sent.</summary>
    Pending = 0,

    /// <summary>Sent at least once, to be sent again.</summary>
    Retrying = 1,

    /// <summary>The push service took it.</summary>
    Sent = 2,

    /// <summary>The push service will never take it.</summary>
    Failed = 3,

    /// <summary>Its time was over, or the user knew already.</summary>
    Expired = 4,

    /// <summary>The device is subscribed no more.</summary>
    Gone = 5,
}

/// <summary>What became of a notification on one device.</summary>
/// <param name="Notification">The notification's id.</param>
/// <param name="User">The user's id.</param>
/// <param name="Device">The device's id.</param>
/// <param name="State">How it stands.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="LastStatus">The push service's last answer, or null: 0 when there was none.</param>
/// <param name="LastAttempt">When it was last sent, or null.</param>
/// <param name="Shown">When the device said that it shows it, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.delivery")]
public sealed record DeliveryInfo(
    [property: Id(0)] string Notification,
    [property: Id(1)] string User,
    [property: Id(2)] string Device,
    [property: Id(3)] DeliveryState State,
    [property: Id(4)] int Attempts,
    [property: Id(5)] int? LastStatus,
    [property: Id(6)] DateTimeOffset? LastAttempt,
    [property: Id(7)] DateTimeOffset? Shown);

/// <summary>How many deliveries stand how.</summary>
/// <param name="State">How they stand.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.delivery-count")]
public sealed record DeliveryCount([property: Id(0)] DeliveryState State, [property: Id(1)] long Count);
