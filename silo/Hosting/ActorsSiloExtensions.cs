using Actors.Meetings;
using Actors.Notifications;
using Actors.Printing;
using Actors.Silo.Hosting.Statistics;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Actors.Tallying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>Puts grains into a host.</summary>
public static class ActorsSiloExtensions
{
    /// <summary>
    /// Runs grains in this process, or reaches those of a cluster, by IGrainFactory or IClusterClient. Their state lies in the storage
    /// that the host registers (<see cref="Storage.IStateStore"/>, <see cref="Storage.IReminderStore"/>).
    /// </summary>
    public static IHostApplicationBuilder AddActorsSilo(this IHostApplicationBuilder builder, Action<ActorsSiloOptions>? configure = null)
    {
        var options = new ActorsSiloOptions();
        configure?.Invoke(options);
        builder.Services.TryAddSingleton(TimeProvider.System);
        EngineHosting.Add(builder, options);
        builder.Services.TryAddSingleton<IClusterChanges, NoClusterChanges>();
        if (options.Cluster is { } part)
        {
            builder.Services.AddSingleton<IStatisticsStore>(
                services => new PostgresStatisticsStore(services.GetRequiredService<PostgresDatabase>(), part.Options.Id));
        }

        if (options.Cluster is not { HoldsGrains: false })
        {
            builder.Services.AddTallying();
            builder.Services.AddPrinting();
            builder.Services.AddMeetings();
            builder.Services.AddNotifications();
            builder.Services.AddSingleton<StatisticsSampler>();
            builder.Services.AddHostedService<StatisticsReporter>();
        }

        return builder;
    }
}
