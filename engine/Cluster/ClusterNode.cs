using Actors.Engine.Runtime;
using Actors.Engine.Transport;
using Microsoft.Extensions.Logging;

namespace Actors.Engine.Cluster;

/// <summary>This process in its cluster: a silo that listens, or a client that only dials.</summary>
internal sealed class ClusterNode : IDisposable
{
    private readonly EngineRuntime _engine;
    private readonly Listener? _listener;

    /// <exception cref="System.Net.Sockets.SocketException">The address or port to listen on cannot be had.</exception>
    public ClusterNode(EngineRuntime engine, ClusterSettings settings, IMembershipTable table, ILoggerFactory logs)
    {
        _engine = engine;
        LocalSilo? local = null;
        var transport = settings.Transport;
        if (settings.IsSilo)
        {
            // It listens before it is known, so that its name and address can be told.
            _listener = new Listener(transport, engine.Log);
            _listener.Bind();
            var endpoint = transport.Endpoint ?? _listener.Endpoint.ToString();
            local = new LocalSilo(settings.SiloId ?? endpoint, endpoint);
        }

        Membership = new ClusterMembership(
            table, local, engine.Options.Membership, engine.TimeProvider, logs.CreateLogger<ClusterMembership>());
        Router = new ClusterRouter(engine, Membership, transport);
        Membership.CanReach = (member, cancellationToken) =>
        {
            Router.Hub.Self = Membership.Self;
            return Router.Hub.CanReachAsync(member, cancellationToken);
        };
    }

    /// <summary>Whether it is a silo.</summary>
    public bool HoldsGrains => _listener is not null;

    public ClusterMembership Membership { get; }

    public ClusterRouter Router { get; }

    /// <summary>Begins to listen and to join; neither is waited for.</summary>
    public void Start()
    {
        _listener?.Start(Router.Hub, Router);
        Membership.Start();
    }

    /// <summary>
    /// Leaves in order: the others place the grains anew, what runs here ends and is answered, then the membership ends.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Membership.RetireAsync(cancellationToken);
        try
        {
            await _engine.Catalog.CloseAsync(cancellationToken);
            await Router.AnsweredAsync(cancellationToken);
        }
        finally
        {
            await Membership.LeaveAsync(CancellationToken.None);
            Dispose();
        }
    }

    /// <summary>Ends without a word to anybody, as a crash does, unless <see cref="StopAsync"/> has ended.</summary>
    public void Dispose()
    {
        _ = Membership.DisposeAsync().AsTask();
        _listener?.Dispose();
        Router.Dispose();
    }
}
