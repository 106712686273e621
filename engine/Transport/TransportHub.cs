using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Actors.Engine.Cluster;
using Actors.Engine.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Actors.Engine.Transport;

/// <summary>The connections of this process: one way to each silo of the view, and whoever dialed.</summary>
internal sealed class TransportHub : IDisposable
{
    private readonly ConcurrentDictionary<string, Peer> _peers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Connection, byte> _connections = new();
    private readonly ConcurrentDictionary<Guid, Connection> _processes = new();
    private readonly TransportOptions _options;
    private readonly IConnectionHost _host;
    private readonly IPeerEvents _events;
    private readonly ILogger _log;
    private ProcessIdentity _self;
    private string? _secret;
    private bool _isEnded;

    public TransportHub(Guid processId, TransportOptions options, IConnectionHost host, IPeerEvents events, TimeProvider time, ILogger log)
    {
        _options = options;
        _host = host;
        _events = events;
        _log = log;
        _self = new ProcessIdentity(processId, null);
        Time = time;
    }

    public TimeProvider Time { get; }

    /// <summary>Whether it sends nothing any more.</summary>
    public bool IsEnded => Volatile.Read(ref _isEnded);

    /// <summary>All connections that are open.</summary>
    public ICollection<Connection> Connections => _connections.Keys;

    /// <summary>This process as a silo, once it has joined.</summary>
    public ClusterMember? Self
    {
        get => _self.Silo;
        set => _self = _self with { Silo = value };
    }

    /// <summary>The way to a silo of the view; null when it is not in the view that was set last.</summary>
    public Peer? Find(ClusterMember member) =>
        _peers.TryGetValue(member.Id, out var peer) && peer.Member == member ? peer : null;

    /// <summary>A connection to a process, whoever dialed it.</summary>
    public Connection? Find(Guid processId) =>
        _processes.TryGetValue(processId, out var connection) && !connection.IsClosed ? connection : null;

    /// <summary>Begins to dial silos that are new, and gives up those that are gone.</summary>
    public void SetMembers(IEnumerable<ClusterMember> members)
    {
        if (IsEnded)
        {
            return;
        }

        var wanted = members.Where(member => member != Self).ToDictionary(member => member.Id, StringComparer.Ordinal);
        foreach (var (id, peer) in _peers)
        {
            if (!wanted.TryGetValue(id, out var member) || member != peer.Member)
            {
                _peers.TryRemove(KeyValuePair.Create(id, peer));
                peer.Dispose();
            }
        }

        foreach (var member in wanted.Values)
        {
            if (_peers.ContainsKey(member.Id))
            {
                continue;
            }

            var peer = new Peer(member, this, _options.MaxCallsWaiting);
            _peers[member.Id] = peer;
            foreach (var connection in _connections.Keys.Where(c => c.Peer.Silo == member && !c.IsClosed))
            {
                peer.Attach(connection);
            }

            peer.Start();
        }
    }

    /// <summary>Takes a connection into use after its handshake.</summary>
    public void Add(Connection connection)
    {
        _connections[connection] = 0;
        _processes.AddOrUpdate(
            connection.Peer.ProcessId, connection, (_, present) => present.IsClosed || IsPreferred(connection, present) ? connection : present);
        if (connection.Peer.Silo is { } silo)
        {
            Find(silo)?.Attach(connection);
        }

        EngineLog.Connected(_log, connection.Peer, connection.IsDialed);
        connection.Start();
        if (IsEnded)
        {
            // Its handshake was under way when all others were closed.
            connection.Dispose();
        }

        connection.Send(new SignalFrame(FrameKind.Pong));
    }

    /// <summary>Forgets a connection that has ended.</summary>
    public void Remove(Connection connection, Exception? reason)
    {
        _connections.TryRemove(connection, out _);
        _processes.TryRemove(KeyValuePair.Create(connection.Peer.ProcessId, connection));
        EngineLog.Disconnected(_log, reason, connection.Peer);
        if (connection.Peer.Silo is { } silo)
        {
            Find(silo)?.Detach(connection);
        }
    }

    /// <summary>A call whose peer is gone: the router looks for its silo again.</summary>
    public void Reroute(OutboundCall call) => _events.Reroute(call);

    /// <summary>Whether this end is the one to dial when both learn of each other.</summary>
    public bool DialsFirst(ClusterMember member) => Self is not { } self || string.CompareOrdinal(self.Id, member.Id) > 0;

    /// <summary>Whether a connection is rather to be used than the present one; both ends agree on it.</summary>
    public bool IsPreferred(Connection candidate, Connection present) =>
        candidate.Peer.Silo is not { } silo || candidate.IsDialed == present.IsDialed || candidate.IsDialed == DialsFirst(silo);

    /// <summary>Dials a silo once; false, and suspicion, when it does not answer as itself.</summary>
    public async Task<bool> TryDialAsync(Peer peer, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await DialAsync(peer.Member, cancellationToken);
            if (peer.IsClosed)
            {
                connection.Dispose();
            }
            else
            {
                Add(connection);
            }

            return true;
        }
        catch (SecretUnknownException error)
        {
            EngineLog.SecretUnknown(_log, error);
            return false;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            _events.Unreachable(peer.Member, error.Message);
            return false;
        }
    }

    /// <summary>Whether a silo answers as itself within the time for dialing.</summary>
    public async Task<bool> CanReachAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        if (_connections.Keys.Any(connection => connection.Peer.Silo == member && !connection.IsClosed))
        {
            return true;
        }

        try
        {
            Add(await DialAsync(member, cancellationToken));
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>How this process introduces itself at the moment.</summary>
    public async ValueTask<Handshake> HandshakeAsync(CancellationToken cancellationToken) =>
        new(_options.ClusterId, _secret ??= await _options.FindSecret(cancellationToken), _self);

    private async ValueTask<Handshake> FindHandshakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await HandshakeAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SecretUnknownException(error);
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _isEnded, true);
        foreach (var (_, peer) in _peers)
        {
            peer.Dispose();
        }

        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    private async Task<Connection> DialAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_options.DialTimeout, Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        // Apart from the rest: who cannot tell its own secret has nothing to say about others.
        var handshake = await FindHandshakeAsync(cancellationToken);
        Stream? stream = null;
        FrameBuffer? buffer = null;
        try
        {
            stream = await ConnectAsync(member.Endpoint, limit.Token);
            buffer = new FrameBuffer(Handshake.MaxFrame);
            var identity = await handshake.DialAsync(stream, buffer, limit.Token);
            if (identity.Silo != member)
            {
                throw new ProtocolException($"{identity} answers where {member} should.");
            }

            buffer.MaxFrame = _options.MaxFrame;
            return new Connection(stream, buffer, identity, isDialed: true, _host, _options);
        }
        catch (Exception error)
        {
            buffer?.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"{member} did not answer within {_options.DialTimeout}.", error);
            }

            throw;
        }
    }

    private static async Task<Stream> ConnectAsync(string endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (IPEndPoint.TryParse(endpoint, out var address))
            {
                await socket.ConnectAsync(address, cancellationToken);
            }
            else
            {
                var colon = endpoint.LastIndexOf(':');
                await socket.ConnectAsync(endpoint[..colon], int.Parse(endpoint.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The cluster's secret could not be had.</summary>
internal sealed class SecretUnknownException(Exception inner) : Exception("The cluster's secret could not be read.", inner);

/// <summary>What the connections tell the router.</summary>
internal interface IPeerEvents
{
    /// <summary>A silo of the view did not answer as itself.</summary>
    void Unreachable(ClusterMember member, string reason);

    /// <summary>A call was not written and its peer is gone.</summary>
    void Reroute(OutboundCall call);
}
