using System.Reflection;
using Actors.Engine.Cluster;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Reminders;
using Actors.Engine.Runtime;
using Actors.Engine.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Engine.Hosting;

/// <summary>Puts the engine into a host.</summary>
public static class EngineServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine with the grains of these assemblies. The host also needs an <see cref="IGrainStateStorage"/>
    /// and an <see cref="IReminderStorage"/>; in a cluster, <see cref="ClusterSettings"/> and an <see cref="IMembershipTable"/>.
    /// </summary>
    public static IServiceCollection AddActorsEngine(
        this IServiceCollection services, IEnumerable<Assembly> assemblies, Action<EngineOptions>? configure = null)
    {
        var options = new EngineOptions();
        configure?.Invoke(options);
        var manifests = assemblies.Distinct().Select(GrainManifest.Of).ToList();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Make(provider, options, manifests));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<EngineRuntime>());
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<EngineRuntime>());
        services.AddSingleton(provider => new EngineControl(provider.GetRequiredService<EngineRuntime>()));
        services.AddHostedService<EngineHostedService>();
        return services;
    }

    private static EngineRuntime Make(IServiceProvider provider, EngineOptions options, IReadOnlyList<GrainManifest> manifests)
    {
        var cluster = provider.GetService<ClusterSettings>();
        options.IsClustered = cluster is not null;
        var runtime = new EngineRuntime(
            provider,
            options,
            manifests,
            provider.GetRequiredService<IGrainStateStorage>(),
            provider.GetRequiredService<IReminderStorage>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>());
        if (cluster is not null)
        {
            runtime.Join(new ClusterNode(runtime, cluster, provider.GetRequiredService<IMembershipTable>(), provider.GetRequiredService<ILoggerFactory>()));
        }

        return runtime;
    }
}
