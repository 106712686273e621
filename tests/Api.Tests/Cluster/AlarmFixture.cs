using Actors.TestKit.Postgres;
using Actors.TestKit.Processes;
using Actors.TestSilo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Actors.Api.Tests.Cluster;

/// <summary>Silos that have alarms, on a PostgreSQL of their own; every test leaves them whole.</summary>
public sealed class AlarmFixture : IAsyncLifetime
{
    private const string Program = "Actors.TestSilo";
    private const int Silos = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private string _connectionString = "";
    private SiloProcess[] _silos = [];
    private IHost _client = null!;

    /// <summary>The database's server.</summary>
    public PostgresServer Server { get; private set; } = null!;

    /// <summary>What the alarms are called by.</summary>
    public IGrainFactory Grains => _client.Services.GetRequiredService<IGrainFactory>();

    /// <summary>One of the silos.</summary>
    public SiloProcess Silo => _silos[0];

    public async ValueTask InitializeAsync()
    {
        using var bound = new CancellationTokenSource(Patience);
        Server = await PostgresServer.StartAsync();
        _connectionString = await Server.CreateDatabaseAsync("alarms");
        _silos = await Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => SiloProcess.StartProgramAsync(Program, _connectionString, bound.Token)));
        _client = AlarmHost.Build(["--ConnectionStrings:Actors", _connectionString, "--Logging:LogLevel:Default", "None"], holdsGrains: false);
        await _client.StartAsync(bound.Token);
    }

    /// <summary>Starts another in the stead of the silo that was killed.</summary>
    public async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        await _silos[0].DisposeAsync();
        _silos[0] = await SiloProcess.StartProgramAsync(Program, _connectionString, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        await ((IAsyncDisposable)_client).DisposeAsync();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
