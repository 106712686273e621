using Actors.Engine.Hosting;
using Actors.Engine.Reminders;
using Actors.Engine.State;
using Actors.Silo.Hosting.Statistics;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>The built-in engine behind <see cref="ActorsSiloExtensions"/>.</summary>
internal static class EngineHosting
{
    /// <summary>Settings of the other engine, which would be without effect.</summary>
    public static IEnumerable<string> Refusals(ClusterOptions cluster, ConnectionStringsOptions connections)
    {
        const string Reason = "but this build has the built-in engine, which keeps its members in ConnectionStrings:Actors: remove the setting.";
        if (cluster.Provider is ClusterProvider.AdoNet or ClusterProvider.Redis)
        {
            yield return $"Cluster:Provider is {cluster.Provider.ToString()!.ToLowerInvariant()}, {Reason}";
        }

        if (cluster.Gateway is not null)
        {
            yield return "Cluster:Gateway is set, but this build has the built-in engine, which needs no port beside that of Cluster:Endpoint: remove the setting.";
        }

        if (connections.Redis is not null)
        {
            yield return $"ConnectionStrings:Redis is set, {Reason}";
        }
    }

    public static void Add(IHostApplicationBuilder builder, ActorsSiloOptions options)
    {
        builder.Services.AddSingleton<IGrainStateStorage, StateStoreAdapter>();
        builder.Services.AddSingleton<IReminderStorage, ReminderStoreAdapter>();
        builder.Services.AddSingleton<IClusterChanges, ClusterChanges>();
        builder.Services.AddSingleton<ISiloCounts, SiloCounts>();
        if (options.Cluster is { } part)
        {
            builder.Services.AddCluster(part);
        }
        else
        {
            builder.Services.AddSingleton<IClusterOverview, LocalOverview>();
        }

        builder.Services.AddActorsEngine(options.GrainAssemblies, engine =>
        {
            engine.ResponseTimeout = options.ResponseTimeout;
            engine.CollectionAge = options.CollectionAge;
        });
    }
}
