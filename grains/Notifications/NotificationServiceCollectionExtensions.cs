using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Notifications;

/// <summary>Registers what the grains of notifications need in a silo.</summary>
public static class NotificationServiceCollectionExtensions
{
    /// <summary>Instruments and the sweep; options, storage and the sender come from the host.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<PushOptions>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PushInstruments>();
        services.AddHostedService<NotificationSweep>();
        return services;
    }
}
