using Actors.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Notifications;

/// <summary>Registers what sends to push services.</summary>
public static class PushExtensions
{
    /// <summary>Has everything that asks for the options get those of the settings; keys, rules and the sender.</summary>
    public static IServiceCollection AddPushSending(this IServiceCollection services)
    {
        services.RemoveAll<IConfigureOptions<PushOptions>>();
        services.AddSingleton<IOptions<PushOptions>>(provider => provider.GetRequiredService<IOptions<PushSettings>>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<VapidKeys>();
        services.AddSingleton<VapidTokens>();
        services.AddSingleton<IPushEndpointRules, PushEndpointRules>();
        services.AddSingleton<IPushNetwork, PushNetwork>();
        services.AddSingleton<IPushSender, PushSender>();
        services.AddHostedService<VapidSubjectCheck>();
        return services;
    }
}
