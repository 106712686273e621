using Actors.Engine.CodeGeneration;
using Actors.Engine.Observers;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;
using Actors.Engine.Transport;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Cluster;

/// <summary>
/// Finds the silo of each call by the view, sends it there, and again when it was refused before its body began.
/// What was written and not answered is never sent again.
/// </summary>
internal sealed partial class ClusterRouter : IPeerEvents, IDisposable
{
    private const int MaxDetours = 32;
    private const int MaxHomeless = 1 << 16;
    private static readonly TimeSpan AnswerPoll = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly EngineRuntime _engine;
    private readonly IClusterMembership _members;
    private readonly TransportHub _hub;
    private List<OutboundCall> _homeless = [];

    public ClusterRouter(EngineRuntime engine, IClusterMembership members, TransportOptions transport)
    {
        _engine = engine;
        _members = members;
        Exceptions = new ExceptionCodec(engine.Codecs);
        _hub = new TransportHub(engine.ProcessId, transport, this, this, engine.TimeProvider, engine.Log);
        _members.OnViewChanged(Follow);
        _members.OnEvicted(LoseAll);
    }

    /// <summary>The connections of this process.</summary>
    public TransportHub Hub => _hub;

    /// <summary>Whether this process may hold a grain, as far as it knows.</summary>
    public bool Holds(GrainId grain) => _members.Self is { } self && _members.View.OwnerOf(grain) == self;

    /// <summary>Sends a call of this process.</summary>
    public void Send(GrainReference target, GrainRequest request)
    {
        if (target.Route is Activation { Status: not ActivationStatus.Gone } known)
        {
            if (_members.IsParked)
            {
                request.Refuse(Parked());
            }
            else
            {
                known.Post(request);
            }
        }
        else
        {
            target.Route = Route(target.GrainId, request);
        }
    }

    /// <summary>Sends on a call that has not begun here.</summary>
    public void SendOn(GrainId target, GrainCall call)
    {
        if (call is not GrainRequest request)
        {
            if (Holds(target))
            {
                _engine.Catalog.Post(target, call);
            }

            // Timers and the like end with their activation.
        }
        else if (request.Inbound is { } inbound)
        {
            Dispatch(inbound);
        }
        else
        {
            Route(target, request);
        }
    }

    /// <summary>Sends a call of this process to an observer, wherever it is.</summary>
    public void SendToObserver(GrainId target, GrainRequest request)
    {
        if (ObserverHost.ProcessOf(target) is { } process && _hub.Find(process) is { } connection)
        {
            var call = new OutboundCall(request, target);
            request.Outbound = call;
            if (connection.TrySend(call))
            {
                return;
            }
        }

        _engine.Observers.Drop(target, request);
    }

    /// <inheritdoc/>
    public void Reroute(OutboundCall call)
    {
        if (!call.Request.IsAbandoned)
        {
            Route(call);
        }
    }

    /// <inheritdoc/>
    public void Unreachable(ClusterMember member, string reason) => _members.Suspect(member, reason);

    /// <summary>Tries again what has no silo to go to.</summary>
    public void OnTick()
    {
        if (Volatile.Read(ref _homeless).Count > 0)
        {
            Rehome();
        }

        WatchSilence();
        WatchHandover();
        WatchParking();
    }

    /// <summary>Ends when the calls of other processes are answered; tells them not to send more.</summary>
    public async Task AnsweredAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in _hub.Connections)
        {
            connection.SayGoodbye();
        }

        while (_hub.Connections.Any(connection => !connection.IsAnswered))
        {
            await Task.Delay(AnswerPoll, _engine.TimeProvider, cancellationToken);
        }
    }

    public void Dispose()
    {
        _hub.Dispose();
        Rehome();
    }

    // Null where there is nothing to remember for the next call.
    private Activation? Route(GrainId target, GrainRequest request)
    {
        if (_members.View.OwnerOf(target) is { } owner && owner == _members.Self)
        {
            return RunHere(target, request);
        }

        var call = new OutboundCall(request, target);
        request.Outbound = call;
        Route(call);
        return null;
    }

    private void Route(OutboundCall call)
    {
        if (_hub.IsEnded)
        {
            call.Request.Refuse(Ended());
            return;
        }

        var owner = _members.View.OwnerOf(call.Target);
        if (owner is null)
        {
            Shelter(call);
        }
        else if (owner == _members.Self)
        {
            call.Request.Outbound = null;
            RunHere(call.Target, call.Request);
        }
        else if (_hub.Find(owner) is { } peer)
        {
            peer.Send(call);
        }
        else
        {
            // The view has just changed, and the connections follow in a moment.
            Shelter(call);
        }
    }

    private Activation? RunHere(GrainId target, GrainRequest request)
    {
        if (_members.IsParked)
        {
            request.Refuse(Parked());
            return null;
        }

        try
        {
            var activation = _engine.Catalog.GetOrCreate(target);
            activation.Post(request);
            return activation;
        }
        catch (Exception error) when (error is SiloUnavailableException or ArgumentException)
        {
            request.Refuse(error);
            return null;
        }
    }

    private void Shelter(OutboundCall call)
    {
        lock (_lock)
        {
            if (_homeless.Count < MaxHomeless)
            {
                _homeless.Add(call);
                return;
            }
        }

        call.Request.Refuse(new SiloUnavailableException($"{call.Request} was not sent: no silo can be reached, and {MaxHomeless} calls wait for one already."));
    }

    private void Rehome()
    {
        List<OutboundCall> homeless;
        lock (_lock)
        {
            (homeless, _homeless) = (_homeless, []);
        }

        foreach (var call in homeless)
        {
            // Nobody can tell when a one-way call is late: it has this one more chance.
            if (!call.Request.IsAbandoned && (!call.Request.Method.OneWay || call.Detours++ < MaxDetours))
            {
                Route(call);
            }
        }
    }

    private void Follow(ClusterView view)
    {
        NoteChange(view);
        _hub.Self = _members.Self;
        _hub.SetMembers(view.Members);
        var moving = _engine.Catalog.Deactivate(
            activation => !Holds(activation.GrainId),
            new DeactivationReason(DeactivationReasonCode.Migrating, $"The grain belongs to another silo since view {view.Version}."));
        _ = SettleAsync(view, moving);
        Rehome();
    }

    private void LoseAll() => _engine.Catalog.Deactivate(
        _ => true, new DeactivationReason(DeactivationReasonCode.DirectoryFailure, "The silo was evicted from the cluster."));

    private static SiloUnavailableException Ended() => new("This process has left the cluster; nothing was done.");

    private static SiloUnavailableException Parked() =>
        new("This silo cannot prove its membership of the cluster at the moment; nothing was done. Try again.");
}
