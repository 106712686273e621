using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Settings;

/// <summary>Settings while the services are still being registered.</summary>
public static class ServiceSettings
{
    /// <summary>A section that was read already.</summary>
    public static T Find<T>(this IServiceCollection services)
        where T : class => (T)services.First(service => service.ServiceType == typeof(T)).ImplementationInstance!;
}
