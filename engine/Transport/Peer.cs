using Actors.Engine.Cluster;
using Orleans.Runtime;

namespace Actors.Engine.Transport;

/// <summary>
/// The way to one silo of the view: dials it until it answers or leaves the view, and keeps what is to be sent
/// meanwhile. Two connections that both ends made at once are both good; calls go by the one that the silo with the
/// greater name dialed.
/// </summary>
internal sealed class Peer : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TransportHub _hub;
    private readonly int _maxWaiting;
    private OutboundQueue _waiting;
    private Connection? _connection;
    private TaskCompletionSource _change = NewChange();

    public Peer(ClusterMember member, TransportHub hub, int maxWaiting)
    {
        Member = member;
        _hub = hub;
        _maxWaiting = maxWaiting;
    }

    public ClusterMember Member { get; }

    public Connection? Connection => Volatile.Read(ref _connection);

    public bool IsClosed => _end.IsCancellationRequested;

    /// <summary>Begins to dial.</summary>
    public void Start() => _ = DialAsync(_end.Token);

    /// <summary>Sends a call, at once or when there is a connection.</summary>
    public void Send(OutboundCall call)
    {
        // A connection that ends at this moment gives the call back to the router by itself or refuses it here.
        if (Connection is { } connection && connection.TrySend(call))
        {
            return;
        }

        var (isLate, isTooMuch) = (false, false);
        lock (_lock)
        {
            if (IsClosed)
            {
                isLate = true;
            }
            else if (_connection is { IsClosed: false } open && open.TrySend(call))
            {
                return;
            }
            else if (_waiting.Count >= _maxWaiting)
            {
                isTooMuch = true;
            }
            else
            {
                _waiting.Add(call);
            }
        }

        if (isLate)
        {
            _hub.Reroute(call);
        }
        else if (isTooMuch)
        {
            call.Request.Refuse(new SiloUnavailableException($"{call.Request} was not sent: {Member} cannot be reached, and {_maxWaiting} calls wait for it already."));
        }
    }

    /// <summary>Takes a connection into use.</summary>
    public void Attach(Connection connection)
    {
        OutboundQueue waiting;
        lock (_lock)
        {
            if (_connection is { IsClosed: false } present && !_hub.IsPreferred(connection, present))
            {
                return;
            }

            _connection = connection;
            (waiting, _waiting) = (_waiting, default);
            Signal();
        }

        while (waiting.Take() is OutboundCall call)
        {
            Send(call);
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Detach(Connection connection)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_connection, connection))
            {
                _connection = null;
                Signal();
            }
        }
    }

    /// <summary>The silo is not in the view any more: what waits goes elsewhere, what was sent may still be answered.</summary>
    public void Dispose()
    {
        OutboundQueue waiting;
        lock (_lock)
        {
            if (IsClosed)
            {
                return;
            }

            _end.Cancel();
            (waiting, _waiting) = (_waiting, default);
        }

        while (waiting.Take() is OutboundCall call)
        {
            _hub.Reroute(call);
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task DialAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Both ends learn of each other at the same time: one gives the other a moment.
            if (!_hub.DialsFirst(Member))
            {
                await WaitAsync(LongestPause / 5, cancellationToken);
            }

            var pause = ShortestPause;
            while (!cancellationToken.IsCancellationRequested)
            {
                var change = ChangeTask;
                if (Connection is { IsClosed: false })
                {
                    pause = ShortestPause;
                    await change.WaitAsync(cancellationToken);
                }
                else if (!await _hub.TryDialAsync(this, cancellationToken))
                {
                    await WaitAsync(pause, cancellationToken);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo left the view.
        }
    }

    private Task ChangeTask
    {
        get
        {
            lock (_lock)
            {
                return _change.Task;
            }
        }
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeTask.WaitAsync(time, _hub.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing changed.
        }
    }

    private void Signal()
    {
        _change.TrySetResult();
        _change = NewChange();
    }
}
