using System.Globalization;
using System.Net;
using Actors.TestKit.Relays;

namespace Actors.TestKit.Processes;

/// <summary>A silo's place in a cluster of processes: its name and address stay, whatever becomes of the process.</summary>
public sealed class ClusterSilo : IAsyncDisposable
{
    private readonly IPEndPoint _listen = new(IPAddress.Loopback, LoopbackPorts.Next());
    private readonly string _database;
    private readonly string[] _settings;
    private SiloProcess? _process;

    /// <param name="database">How the process reaches the database, through its own relay.</param>
    /// <param name="databaseRelay">That relay.</param>
    /// <param name="settings">What else the process is given.</param>
    internal ClusterSilo(string database, TcpRelay databaseRelay, string[] settings)
    {
        (_database, Database, _settings) = (database, databaseRelay, settings);
        Network = TcpRelay.Start(_listen, LoopbackPorts.Next());
    }

    /// <summary>Its name, which is the address that others dial.</summary>
    public string Name => Network.Endpoint.ToString();

    /// <summary>Where it really listens.</summary>
    public IPEndPoint Listen => _listen;

    /// <summary>The way of others to it.</summary>
    public TcpRelay Network { get; }

    /// <summary>Its way to the database.</summary>
    public TcpRelay Database { get; }

    /// <summary>The process of the moment.</summary>
    public SiloProcess Process => _process ?? throw new InvalidOperationException("The silo was never started.");

    /// <summary>Starts a process in this place, in the stead of the one that was there; returns once it holds grains.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is { } before)
        {
            await before.DisposeAsync();
        }

        _process = await SiloProcess.StartAsync(
            _database, cancellationToken, ["--Cluster:Endpoint", Name, "--Cluster:Listen", string.Create(CultureInfo.InvariantCulture, $"{_listen}"), .. _settings]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }

        Network.Dispose();
        Database.Dispose();
    }
}
