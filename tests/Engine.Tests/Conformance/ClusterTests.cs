using Actors.Engine.Tests.Grains;
using Actors.TestKit.Clusters;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Actors.Engine.Tests.Conformance;

/// <summary>Each test has a cluster of its own, on a clock of its own.</summary>
public abstract class ClusterTests : IAsyncLifetime
{
    protected IGrainCluster Cluster { get; private set; } = null!;

    protected Gates Gates { get; } = new();

    protected IGrainFactory Grains => Cluster.Grains;

    /// <summary>Orleans waits it out on the machine's clock, so tests of time-outs have a short one.</summary>
    protected virtual TimeSpan ResponseTimeout => TimeSpan.FromSeconds(30);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Cluster = await GrainCluster.StartAsync(options =>
    {
        options.GrainAssemblies.Add(typeof(ClusterTests).Assembly);
        options.Services = services => services.AddSingleton(Gates);
        options.Silo = silo => silo.ResponseTimeout = ResponseTimeout;
        Configure(options);
    });

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(GrainClusterOptions options)
    {
    }

    protected IWorkerGrain Worker(string key) => Grains.GetGrain<IWorkerGrain>(key);

    /// <summary>Moves past the response time-out, whatever grain size the engine's own clock has.</summary>
    protected void PassTimeout() => Cluster.Clock.Advance(ResponseTimeout + TimeSpan.FromSeconds(5));
}
