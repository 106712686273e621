using Actors.Engine.CodeGeneration;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.Transport;

internal sealed partial class Connection
{
    private void HandleCall(ref FieldReader reader)
    {
        var (number, milliseconds, routeNumber) = (0L, 0UL, 0UL);
        var isCancellable = false;
        string? key = null;
        InboundRoute? route = null;
        GrainRequest? request = null;
        RemoteCaller? caller = null;
        RemoteCaller? lastCaller = null;
        Exception? unreadable = null;
        var circumstances = default(InboundCircumstances);
        while (reader.Next())
        {
            switch (reader.Id)
            {
                case CallFields.Number:
                    number = (long)reader.ReadVarint(long.MaxValue);
                    break;
                case CallFields.Route:
                    routeNumber = reader.ReadVarint();
                    break;
                case CallFields.NewRoute:
                    var names = reader.Enter();
                    route = InboundRoutes.Read(routeNumber, isNew: true, ref names);
                    reader.Leave(names);
                    break;
                case CallFields.Key:
                    key = reader.ReadText();
                    break;
                case CallFields.Milliseconds:
                    milliseconds = reader.ReadVarint(int.MaxValue);
                    break;
                case CallFields.ViewVersion:
                    circumstances = circumstances with { ViewVersion = (long)reader.ReadVarint(long.MaxValue) };
                    break;
                case CallFields.Cancellable:
                    isCancellable = reader.ReadVarint() != 0;
                    break;
                case CallFields.TraceParent:
                    circumstances = circumstances with { TraceParent = reader.ReadText() };
                    break;
                case CallFields.Chain:
                    var entry = reader.Enter();
                    var next = ReadCaller(ref entry);
                    reader.Leave(entry);
                    caller ??= next;
                    _ = lastCaller?.Caller = next;
                    lastCaller = next;
                    break;
                case CallFields.Arguments:
                    route ??= InboundRoutes.Read(routeNumber, isNew: false, ref reader);
                    var arguments = reader.Enter();
                    request = ReadArguments(route, ref arguments, ref unreadable);
                    reader.Leave(arguments);
                    break;
            }
        }

        if (route is null || string.IsNullOrEmpty(key))
        {
            throw new ProtocolException("A call names no method or no grain.");
        }

        request ??= new UnknownRequest(route.Name);
        var deadline = milliseconds == 0 ? long.MaxValue : Host.Now + ((long)milliseconds * TimeSpan.TicksPerMillisecond);
        var call = new InboundCall(this, number, GrainId.Create(route.Type, key), request, deadline);
        request.Caller = caller;
        if (number != 0)
        {
            request.Inbound = call;
            if (!Inbound.TryAdd(number, call))
            {
                return;
            }
        }

        if (unreadable is not null)
        {
            call.TryFail(new OrleansException($"The arguments of {route.Name} cannot be read here.", unreadable));
            return;
        }

        if (!route.IsKnown)
        {
            call.TryRefuse(RefusalReason.Unknown, $"{route.Name} is not known here.");
            return;
        }

        if (isCancellable)
        {
            call.MakeCancellable();
        }

        Host.Receive(call, circumstances);
    }

    private static GrainRequest? ReadArguments(InboundRoute route, ref FieldReader arguments, ref Exception? unreadable)
    {
        try
        {
            return route.Decode?.Invoke(ref arguments);
        }
        catch (Exception error)
        {
            // Its frame was whole: this concerns this call alone.
            unreadable = error;
            return null;
        }
    }

    private static RemoteCaller ReadCaller(ref FieldReader entry)
    {
        GrainId grain = default;
        var kind = CallKind.Exclusive;
        while (entry.Next())
        {
            switch (entry.Id)
            {
                case CallFields.ChainGrain:
                    grain = GrainIdCodec.Instance.ReadField(ref entry);
                    break;
                case CallFields.ChainKind:
                    kind = (CallKind)entry.ReadVarint((ulong)CallKind.Interleaving);
                    break;
            }
        }

        return new RemoteCaller(grain, kind);
    }
}
