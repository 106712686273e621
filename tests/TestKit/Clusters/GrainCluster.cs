using Actors.Silo.Hosting;
using Actors.TestKit.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.TestKit.Clusters;

/// <summary>A process with a silo, whichever engine it is built with.</summary>
public sealed class GrainCluster : IGrainCluster
{
    private readonly GrainClusterOptions _options;
    private readonly ServiceProvider? _storage;
    private readonly IReadOnlyList<ServiceDescriptor> _kept;
    private IHost _host;
    private bool _isRunning = true;

    private GrainCluster(GrainClusterOptions options)
    {
        _options = options;
        var storage = new ServiceCollection();
        if (options.KeepsStorageServices)
        {
            storage.AddSingleton<TimeProvider>(options.RealTime ? TimeProvider.System : Clock);
            storage.AddLogging();
            options.Storage(storage);
            _storage = storage.BuildServiceProvider();
        }

        _kept = [.. storage.Where(service => service.ServiceType.Namespace!.StartsWith("Actors.", StringComparison.Ordinal))];
        _host = Build();
    }

    public ManualTimeProvider Clock { get; } = new();

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a cluster.</summary>
    public static async Task<IGrainCluster> StartAsync(Action<GrainClusterOptions>? configure = null)
    {
        var options = new GrainClusterOptions();
        configure?.Invoke(options);
        var cluster = new GrainCluster(options);
        await cluster._host.StartAsync();
        return cluster;
    }

    public Task ReminderSettledAsync(IAddressable grain, string name) => EngineControls.ReminderSettledAsync(Services, grain, name, Clock);

    public Task DeactivateAllAsync() => EngineControls.DeactivateAllAsync(Services);

    public async Task RestartAsync(bool orderly = true)
    {
        await StopAsync(orderly);
        await StartAgainAsync();
    }

    public async Task StartAgainAsync()
    {
        _host = Build();
        _isRunning = true;
        await _host.StartAsync();
    }

    public async Task StopAsync(bool orderly = true)
    {
        if (!_isRunning)
        {
            return;
        }

        _isRunning = false;
        if (orderly)
        {
            await _host.StopAsync();
        }

        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (_options.RealTime)
        {
            builder.Services.AddSingleton(TimeProvider.System);
        }
        else
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
        }

        if (_storage is null)
        {
            _options.Storage(builder.Services);
        }
        else
        {
            foreach (var service in _kept)
            {
                // An instance, since the host would dispose what it makes itself.
                builder.Services.AddSingleton(service.ServiceType, _storage.GetRequiredService(service.ServiceType));
            }
        }

        builder.AddActorsSilo(silo =>
        {
            foreach (var assembly in _options.GrainAssemblies)
            {
                silo.GrainAssemblies.Add(assembly);
            }

            _options.Silo(silo);
        });
        if (!_options.RealTime)
        {
            EngineControls.Add(builder.Services, Clock);
        }

        _options.Services(builder.Services);
        return builder.Build();
    }
}
