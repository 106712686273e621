using Actors.TestKit.Postgres;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>Silos and servers, all started at the same moment.</summary>
public sealed class ManyAtOnceFixture : IAsyncLifetime
{
    public const int SiloCount = 4;
    private const int ServerCount = 6;

    private SiloProcess[] _silos = [];

    /// <summary>The database that was empty when they started.</summary>
    public string Database { get; private set; } = "";

    public ApiProcess[] Servers { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        var silos = Task.WhenAll(Enumerable.Range(0, SiloCount).Select(_ => SiloProcess.StartAsync(Database, CancellationToken.None)));
        var servers = Task.WhenAll(Enumerable.Range(0, ServerCount).Select(_ => ApiProcess.StartWithoutTokenAsync(CancellationToken.None, "--ConnectionStrings:Actors", Database)));
        _silos = await silos;
        Servers = await servers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }
}
