using Actors.Api.Notifications.Devices;
using Actors.Api.Notifications.Hub;
using Actors.Api.Notifications.Lists;
using Actors.Api.Notifications.Portal;
using Actors.Api.Notifications.Users;
using Actors.Api.Pages;
using Actors.Api.Problems;
using Actors.Silo.Notifications;

namespace Actors.Api.Notifications;

/// <summary>The front of notifications.</summary>
internal static class NotificationsExtensions
{
    public static void AddNotificationsServices(this IServiceCollection services)
    {
        services.AddPushSending();
        services.AddSingleton<UserTokens>();
        services.AddSingleton<UserRooms>();
        services.AddHostedService(provider => provider.GetRequiredService<UserRooms>());
    }

    public static void MapNotificationsEndpoints(this WebApplication app)
    {
        var routes = app.MapGroup("").AddEndpointFilter<FailureFilter>();
        routes.MapDevices();
        routes.MapLists();
        routes.MapPortal();
        routes.MapGroups();
        app.MapPage("/notifications", "notifications.html");
        app.MapHub<NotificationsHub>("/hubs/notifications", hub => hub.AllowStatefulReconnects = false).Add(RefuseStrangers);
    }

    /// <summary>A page without a user's token gets no connection, and an answer that says why.</summary>
    private static void RefuseStrangers(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async http =>
        {
            if (await UserAccess.AdmitAsync(http) is { } refusal)
            {
                await refusal.ExecuteAsync(http);
                return;
            }

            await next(http);
        };
    }
}
