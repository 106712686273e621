using Actors.TestKit.Meetings;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>
/// One cluster of processes for all faults, each of which must leave it whole. They mostly wait, so that other tests run
/// beside them; what a busy machine could spoil belongs into <see cref="CalmCollection"/>.
/// </summary>
[CollectionDefinition(Name)]
public sealed class FaultFixture : IAsyncLifetime, ICollectionFixture<FaultFixture>
{
    public const string Name = "faults";

    private const int Silos = 3;
    private const int Apis = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    /// <summary>The cluster.</summary>
    public ProcessCluster Cluster { get; private set; } = null!;

    /// <summary>The BigBlueButton server of the slug visio.</summary>
    public BbbDouble Bbb { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bbb = await BbbDouble.StartAsync();
        using var bound = new CancellationTokenSource(Patience);
        Cluster = await ProcessCluster.StartAsync(Silos, Apis, bound.Token, $"--Bbb:Servers:visio:Url={Bbb.Address}", $"--Bbb:Servers:visio:Secret={Bbb.Secret}");
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Bbb.DisposeAsync();
    }
}
