using Actors.Notifications;

namespace Actors.Api.Notifications.Lists;

/// <summary>A notification, as its user sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Origin">Which service of the portal says it.</param>
/// <param name="Summary">The title.</param>
/// <param name="Body">The text.</param>
/// <param name="Url">What a click opens, or null.</param>
/// <param name="Icon">An image's address, or null.</param>
/// <param name="Image">A large image's address, or null.</param>
/// <param name="Locale">The language of the texts, or null.</param>
/// <param name="Actions">Buttons.</param>
/// <param name="Urgency"><c>very-low</c>, <c>low</c>, <c>normal</c> or <c>high</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="ValidFrom">From when it holds, or null.</param>
/// <param name="ValidTo">Until when, or null.</param>
/// <param name="Acked">Whether the user acknowledged it.</param>
/// <param name="Forgotten">Whether he wants to see it no more.</param>
internal sealed record NotificationBody(
    string Id, string Origin, string Summary, string Body, string? Url, string? Icon, string? Image, string? Locale, IReadOnlyList<ActionBody> Actions, string Urgency,
    DateTimeOffset Created, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, bool Acked, bool Forgotten)
{
    public static NotificationBody Of(NotificationInfo notification)
    {
        var content = notification.Content;
        return new(
            notification.Id, content.Origin, content.Summary, content.Body, content.Url, content.Icon, content.Image, content.Locale,
            [.. content.Actions.Select(action => new ActionBody(action.Action, action.Title, action.Url))], content.Urgency.ToText(), notification.Created,
            content.ValidFrom, content.ValidTo, notification.Mark is not NotificationMark.None, notification.Mark is NotificationMark.Forgotten);
    }
}

/// <summary>A button of a notification.</summary>
/// <param name="Action"><c>ack</c>, <c>forget</c>, or the caller's own.</param>
/// <param name="Title">What it says.</param>
/// <param name="Url">What it opens, or null.</param>
internal sealed record ActionBody(string Action, string Title, string? Url);

/// <summary>A part of a user's list.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Unread">How many he did nothing with, at most 1,000 counted.</param>
/// <param name="Cursor">Where the next part begins, or null at the end.</param>
internal sealed record NotificationList(IReadOnlyList<NotificationBody> Items, int Unread, string? Cursor);

/// <summary>What became of a notification on the user's devices.</summary>
/// <param name="Items">By device.</param>
internal sealed record DeliveryList(IReadOnlyList<DeliveryBody> Items);

/// <summary>What became of a notification on one device.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="State"><c>pending</c>, <c>retrying</c>, <c>sent</c>, <c>failed</c>, <c>expired</c> or <c>gone</c>.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="LastStatus">The push service's last answer, 0 when there was none; null before the first.</param>
/// <param name="LastAttempt">When, or null.</param>
/// <param name="Shown">When the device said that it shows it, or null.</param>
internal sealed record DeliveryBody(string Device, string State, int Attempts, int? LastStatus, DateTimeOffset? LastAttempt, DateTimeOffset? Shown)
{
    public static DeliveryBody Of(DeliveryInfo delivery) => new(
        delivery.Device, NameOf(delivery.State), delivery.Attempts, delivery.LastStatus, delivery.LastAttempt, delivery.Shown);

    public static string NameOf(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Retrying => "retrying",
        DeliveryState.Sent => "sent",
        DeliveryState.Failed => "failed",
        DeliveryState.Expired => "expired",
        _ => "gone",
    };
}
