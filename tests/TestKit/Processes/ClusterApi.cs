using Actors.TestKit.Relays;

namespace Actors.TestKit.Processes;

/// <summary>A server's place in a cluster of processes.</summary>
public sealed class ClusterApi : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly string[] _settings;
    private ApiProcess? _process;

    internal ClusterApi(string connectionString, TcpRelay databaseRelay, string[] settings) =>
        (_connectionString, Database, _settings) = (connectionString, databaseRelay, settings);

    /// <summary>Its way to the database.</summary>
    public TcpRelay Database { get; }

    /// <summary>The process of the moment.</summary>
    public ApiProcess Process => _process ?? throw new InvalidOperationException("The server was never started.");

    /// <summary>Starts the process, or starts it again on the same port; returns once it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] arguments = ["--ConnectionStrings:Actors", _connectionString, .. _settings];
        if (_process is null)
        {
            _process = await ApiProcess.StartAsync(cancellationToken, arguments);
        }
        else
        {
            await _process.RestartAsync(cancellationToken, arguments);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }

        Database.Dispose();
    }
}
