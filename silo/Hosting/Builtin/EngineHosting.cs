using Actors.Engine.Hosting;
using Actors.Engine.Reminders;
using Actors.Engine.State;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>The built-in engine behind <see cref="ActorsSiloExtensions"/>.</summary>
internal static class EngineHosting
{
    /// <summary>What is wrong with a Redis connection.</summary>
    public static string? RedisRefusal =>
        "ConnectionStrings:Redis is set, but this build has the built-in engine, which keeps its members in ConnectionStrings:Actors: remove the setting.";

    /// <summary>What is wrong with a membership provider; null when it may be chosen.</summary>
    public static string? Refusal(ClusterProvider provider) => provider is ClusterProvider.Localhost
        ? null
        : $"Cluster:Provider is {provider.ToString().ToLowerInvariant()}, but this build has the built-in engine, which keeps its members in ConnectionStrings:Actors: remove the setting.";

    public static void Add(IHostApplicationBuilder builder, ActorsSiloOptions options)
    {
        builder.Services.AddSingleton<IGrainStateStorage, StateStoreAdapter>();
        builder.Services.AddSingleton<IReminderStorage, ReminderStoreAdapter>();
        builder.Services.AddSingleton<IClusterChanges, ClusterChanges>();
        if (options.Cluster is { } part)
        {
            builder.Services.AddCluster(part);
        }

        builder.Services.AddActorsEngine(options.GrainAssemblies, engine =>
        {
            engine.ResponseTimeout = options.ResponseTimeout;
            engine.CollectionAge = options.CollectionAge;
        });
    }
}
