using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Meetings;

/// <summary>Registers what the grains of meetings need in a silo.</summary>
public static class MeetingServiceCollectionExtensions
{
    /// <summary>The watch over the servers; options, storage and the servers' API come from the host.</summary>
    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.AddOptions<MeetingOptions>();
        services.AddHostedService<ServerWatch>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
