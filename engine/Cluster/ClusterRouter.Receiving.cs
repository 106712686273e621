using System.Diagnostics;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Diagnostics;
using Actors.Engine.Observers;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;
using Actors.Engine.Transport;
using Orleans.Runtime;

namespace Actors.Engine.Cluster;

/// <summary>What comes in.</summary>
internal sealed partial class ClusterRouter : IConnectionHost
{
    public long ViewVersion => _members.View.Version;

    public long Now => _engine.Clock.Now;

    public GrainTypes Types => _engine.Types;

    public ExceptionCodec Exceptions { get; }

    public IReferenceResolver References => _engine;

    public TimeSpan TimeLeft(GrainRequest request) =>
        request.Part is null ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(1, request.Deadline - _engine.Clock.Now));

    public void HeardOfView(long version)
    {
        if (version > ViewVersion)
        {
            _ = _members.RefreshAsync(version, CancellationToken.None);
        }
    }

    public void Receive(InboundCall call, InboundCircumstances circumstances)
    {
        if (_engine.Telemetry.IsWatched)
        {
            var parent = ActivityContext.TryParse(circumstances.TraceParent, null, isRemote: true, out var context) ? context : default;
            call.Request.Probe = new CallProbe(_engine.Telemetry, _engine.TimeProvider, parent);
        }

        if (ObserverHost.IsObserver(call.Target))
        {
            _engine.Observers.Send(call.Target, call.Request);
        }
        else if (circumstances.ViewVersion > ViewVersion)
        {
            _ = DispatchByViewAsync(call, circumstances.ViewVersion);
        }
        else
        {
            Dispatch(call);
        }
    }

    public void Refused(OutboundCall call, RefusalReason reason, long viewVersion, string text)
    {
        switch (reason)
        {
            case RefusalReason.NotMine when ++call.Detours > MaxDetours:
                call.Request.TryFail(new OrleansMessageRejectionException(
                    $"{call.Request} was refused {call.Detours} times: the silos do not agree on who holds {call.Target}. Nothing was done."));
                break;
            case RefusalReason.NotMine when viewVersion > ViewVersion:
                _ = RouteByViewAsync(call, viewVersion);
                break;
            case RefusalReason.NotMine:
                // The other one is behind and could not look: a moment later it will have.
                Shelter(call);
                break;
            case RefusalReason.Parked:
                call.Request.TryFail(new SiloUnavailableException(text));
                break;
            default:
                call.Request.TryFail(new OrleansMessageRejectionException(text));
                break;
        }
    }

    public void Ended(Connection connection, Exception? reason, IReadOnlyList<OutboundCall> unwritten)
    {
        _hub.Remove(connection, reason);
        foreach (var call in unwritten)
        {
            if (ObserverHost.IsObserver(call.Target))
            {
                _engine.Observers.Drop(call.Target, call.Request);
            }
            else
            {
                Reroute(call);
            }
        }
    }

    private async Task DispatchByViewAsync(InboundCall call, long version)
    {
        await _members.RefreshAsync(version, CancellationToken.None);
        Dispatch(call);
    }

    private async Task RouteByViewAsync(OutboundCall call, long version)
    {
        await _members.RefreshAsync(version, CancellationToken.None);
        if (ViewVersion >= version)
        {
            Reroute(call);
        }
        else
        {
            Shelter(call);
        }
    }

    private void Dispatch(InboundCall call)
    {
        if (_members.IsParked)
        {
            call.TryRefuse(RefusalReason.Parked, Parked().Message);
        }
        else if (Holds(call.Target) && !_engine.Catalog.IsClosed)
        {
            RunHere(call.Target, call.Request);
        }
        else if (call.Request.Method.OneWay)
        {
            EngineLog.OneWayAstray(_engine.Log, call.Request);
        }
        else
        {
            call.TryRefuse(RefusalReason.NotMine, "");
        }
    }
}
