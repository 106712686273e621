using Actors.Api.Notifications.Users;
using Actors.Api.Problems;
using Actors.Notifications;
using Orleans;

namespace Actors.Api.Notifications.Lists;

/// <summary>A user's notifications.</summary>
internal static class ListEndpoints
{

    private const int DefaultLimit = 50;
    private const int MaxLimit = 100;

    public static void MapLists(this IEndpointRouteBuilder app)
    {
        var notifications = app.MapGroup("/push/notifications").WithTags("Notifications").RequireUser();
        notifications.MapGet("", ListAsync).WithName("listNotifications").WithSummary("The user's notifications, the newest first; with new=true those that he did nothing with.")
            .Produces<NotificationList>().ProducesProblem(StatusCodes.Status400BadRequest);
        notifications.MapGet("{id}/deliveries", DeliveriesAsync).WithName("listDeliveries").WithSummary("What became of a notification on the user's devices.").Produces<DeliveryList>();
        Map("ack", NotificationMark.Acknowledged, "acknowledgeNotification", "The user knows; it disappears from his other devices.");
        Map("forget", NotificationMark.Forgotten, "forgetNotification", "The user wants to see it no more.");
        notifications.MapPost("{id}/shown", ShownAsync).WithName("notificationShown").WithSummary("The device shows it.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);

        void Map(string verb, NotificationMark mark, string name, string summary) => notifications
            .MapPost("{id}/" + verb, (HttpContext http, IGrainFactory grains, string id) => MarkAsync(http, grains, id, mark)).WithName(name).WithSummary(summary)
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IGrainFactory grains, string? cursor = null, bool @new = false, int limit = DefaultLimit)
    {
        if (http.UserOf().Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursors.TryRead(cursor, out var before))
        {
            return Refusals.Invalid.ToResult("cursor must be one that was given with a list.");
        }

        if (limit is < 1 or > MaxLimit)
        {
            return Refusals.Invalid.ToResult("limit must be 1 to 100.");
        }

        var page = await grains.GrainOf(http).ListAsync(new ListNotifications(@new, before, limit));
        return Results.Ok(new NotificationList([.. page.Items.Select(NotificationBody.Of)], page.Unread, Cursors.Write(page.Next)));
    }

    private static async Task<IResult> DeliveriesAsync(HttpContext http, IGrainFactory grains, string id)
    {
        if (http.UserOf() is not { Refusal: null, User: var user })
        {
            return PushRefusals.DeviceTokenOnly.ToResult();
        }

        if (!Ids.IsNotification(id))
        {
            return PushRefusals.NotificationUnknown.ToResult();
        }

        var deliveries = await grains.GetMessageGrain(new MessageKey(Ids.MessageOf(id))).GetDeliveriesAsync(id);
        return Results.Ok(new DeliveryList([.. deliveries.Where(delivery => delivery.User == user).Select(DeliveryBody.Of)]));
    }

    private static async Task<IResult> MarkAsync(HttpContext http, IGrainFactory grains, string id, NotificationMark mark) => Ids.IsNotification(id)
        ? PushRefusals.Of(await grains.GrainOf(http).MarkAsync(id, mark, http.CallerOf().Device), PushRefusals.NotificationUnknown)
        : PushRefusals.NotificationUnknown.ToResult();

    /// <summary>Said by the device itself, whose token names it.</summary>
    private static async Task<IResult> ShownAsync(HttpContext http, IGrainFactory grains, string id) =>
        http.CallerOf().Device is { } device && Ids.IsNotification(id)
            ? PushRefusals.Of(await grains.GrainOf(http).ShownAsync(id, device), PushRefusals.NotificationUnknown)
            : PushRefusals.NotificationUnknown.ToResult();
}
