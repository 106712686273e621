using Actors.Engine.Cluster;
using Actors.Engine.Tests.Grains;
using Actors.Silo.Hosting;
using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Engine.Tests.Builtin.Cluster;

/// <summary>Silos and clients in this process that talk over sockets, share storage and one table of members.</summary>
internal sealed class SiloGroup : IAsyncDisposable
{
    private readonly ServiceProvider _storage;
    private readonly List<Node> _nodes = [];

    public SiloGroup(IMembershipTable table)
    {
        Table = table;
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMemoryStorage();
        Services = [.. services.Where(service => service.ServiceType.Namespace!.StartsWith("Actors.", StringComparison.Ordinal))];
        _storage = services.BuildServiceProvider();
    }

    public IMembershipTable Table { get; }

    public Gates Gates { get; } = new();

    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(20);

    private IReadOnlyList<ServiceDescriptor> Services { get; }

    public IEnumerable<Node> Silos => _nodes.Where(node => node.Membership.Self is not null);

    /// <summary>Starts a silo, and waits until it holds grains.</summary>
    public async Task<Node> StartSiloAsync(string id)
    {
        var node = await StartAsync(settings => settings.SiloId = id);
        await node.Membership.Active.WaitAsync(TestContext.Current.CancellationToken);
        return node;
    }

    /// <summary>Starts a process that only calls.</summary>
    public Task<Node> StartClientAsync() => StartAsync(settings => settings.IsSilo = false);

    public async Task<Node> StartAsync(Action<ClusterSettings> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        foreach (var service in Services)
        {
            builder.Services.AddSingleton(service.ServiceType, _storage.GetRequiredService(service.ServiceType));
        }

        var settings = new ClusterSettings();
        settings.Transport.FindSecret = _ => ValueTask.FromResult("a secret of this test");
        configure(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(Table);
        builder.Services.AddSingleton(Gates);
        builder.AddActorsSilo(silo =>
        {
            silo.GrainAssemblies.Add(typeof(SiloGroup).Assembly);
            silo.ResponseTimeout = ResponseTimeout;
        });
        var node = new Node(builder.Build());
        await node.Host.StartAsync(TestContext.Current.CancellationToken);
        _nodes.Add(node);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
        {
            await node.KillAsync();
        }

        await _storage.DisposeAsync();
    }

    /// <summary>One process of the group.</summary>
    internal sealed class Node(IHost host)
    {
        private bool _isEnded;

        public IHost Host => host;

        public IGrainFactory Grains { get; } = host.Services.GetRequiredService<IGrainFactory>();

        public ClusterMembership Membership { get; } = host.Services.GetRequiredService<Runtime.EngineRuntime>().Node!.Membership;

        public int Activations => host.Services.GetRequiredService<Hosting.EngineControl>().ActivationCount;

        /// <summary>Leaves in order.</summary>
        public async Task LeaveAsync()
        {
            await host.StopAsync();
            await KillAsync();
        }

        /// <summary>Ends without a word.</summary>
        public async Task KillAsync()
        {
            if (!_isEnded)
            {
                _isEnded = true;
                await ((IAsyncDisposable)host).DisposeAsync();
            }
        }

        /// <summary>Waits until this process sees so many silos.</summary>
        public async Task SeesAsync(int silos)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Look(ClusterView view)
            {
                if (view.Members.Length == silos)
                {
                    seen.TrySetResult();
                }
            }

            Membership.OnViewChanged(Look);
            Look(Membership.View);
            await seen.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
