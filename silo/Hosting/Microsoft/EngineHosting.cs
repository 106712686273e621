using Actors.Silo.Hosting.Clustering;
using Actors.Silo.Hosting.Statistics;
using Actors.Silo.Settings;
using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using ClusterOptions = Actors.Silo.Settings.ClusterOptions;

namespace Actors.Silo.Hosting;

/// <summary>Microsoft Orleans behind <see cref="ActorsSiloExtensions"/>: a silo on the product's own storage, or a client of such silos.</summary>
internal static class EngineHosting
{
    // The name that [PersistentState] without a storage name resolves to.
    private const string DefaultStorage = "Default";

    private static readonly string[] ProductTime = [TimeProviderNames.Grains, ReminderTimeProviderNames.Reminders];

    /// <summary>What is wrong with the settings of the cluster.</summary>
    public static IEnumerable<string> Refusals(ClusterOptions cluster, ConnectionStringsOptions connections) =>
        ClusterRefusals.Of(cluster, connections);

    public static void Add(IHostApplicationBuilder builder, ActorsSiloOptions options)
    {
        // What grains throw reaches callers in other processes as what it is.
        builder.Services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add("Actors"));
        if (options.Cluster is { } cluster)
        {
            builder.Services.AddSingleton<IClusterOverview>(services => new OrleansOverview(
                services.GetService<IMembershipTable>(), services.GetRequiredService<IStatisticsStore>(), services.GetRequiredService<TimeProvider>(), cluster.Options.Id));
        }
        else
        {
            builder.Services.AddSingleton<IClusterOverview, LocalOverview>();
        }

        if (options.Cluster is { HoldsGrains: false } part)
        {
            builder.UseOrleansClient(client =>
            {
                client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
                client.JoinCluster(part);
            });
            return;
        }

        builder.UseOrleans(silo =>
        {
            if (options.Cluster is { } own)
            {
                silo.JoinCluster(own);
            }
            else
            {
                silo.BeAlone();
            }

            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.CollectionAge);
            silo.Services.AddSingleton<SiloCounts>();
            silo.Services.AddSingleton<ISiloCounts>(services => services.GetRequiredService<SiloCounts>());
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => services.GetRequiredService<SiloCounts>());
            silo.AddReminders();
            silo.Services.AddGrainStorage(DefaultStorage, (services, _) => ActivatorUtilities.CreateInstance<GrainStorageAdapter>(services));
            silo.Services.AddSingleton<IReminderTable, ReminderTableAdapter>();

            // Grains and their reminders keep the product's time; Orleans' own loops keep the machine's.
            silo.Services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => TimeProvider.System);
            foreach (var area in ProductTime)
            {
                silo.Services.AddKeyedSingleton(area, (services, _) => services.GetRequiredService<TimeProvider>());
            }
        });
    }
}
