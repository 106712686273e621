using System.Net;
using System.Net.Sockets;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>Microsoft Orleans behind <see cref="ActorsSiloExtensions"/>: one silo on loopback, on the product's own storage.</summary>
internal static class EngineHosting
{
    // The name that [PersistentState] without a storage name resolves to.
    private const string DefaultStorage = "Default";

    private static readonly string[] ProductTime = [TimeProviderNames.Grains, ReminderTimeProviderNames.Reminders];

    /// <summary>What is wrong with a Redis connection; null when it may be given.</summary>
    public static string? RedisRefusal => null;

    /// <summary>What is wrong with a membership provider; null when it may be chosen.</summary>
    public static string? Refusal(ClusterProvider provider) => provider is ClusterProvider.Localhost
        ? null
        : $"Cluster:Provider is {provider.ToString().ToLowerInvariant()}, but this build runs in one process only: localhost is the provider it has.";

    public static void Add(IHostApplicationBuilder builder, ActorsSiloOptions options)
    {
        if (options.Cluster is not null)
        {
            throw new InvalidOperationException(
                "This build runs Microsoft Orleans in one process only: remove ConnectionStrings:Actors, or use the build with the built-in engine.");
        }

        builder.UseOrleans(silo =>
        {
            var id = Guid.NewGuid().ToString("N");
            silo.UseLocalhostClustering(FreePort(), FreePort(), primarySiloEndpoint: null, serviceId: id, clusterId: id);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.CollectionAge);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
