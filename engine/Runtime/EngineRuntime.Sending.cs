using Actors.Engine.CodeGeneration;
using Actors.Engine.Diagnostics;
using Actors.Engine.Observers;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

internal sealed partial class EngineRuntime : IRequestSender
{
    public InFlight InFlight { get; } = new();

    public void Send(GrainReference target, GrainRequest request)
    {
        if (!request.Method.OneWay)
        {
            // Nobody waits for a one-way call, so that it is no part of the chain.
            request.Caller = CallChain.Current;
            InFlight.Add(request, Clock.Now + Options.ResponseTimeout.Ticks + Clock.Tick);
            if (request.CancellationToken.CanBeCanceled)
            {
                request.WatchCancellation();
            }
        }

        if (Telemetry.IsWatched)
        {
            request.Probe = new CallProbe(Telemetry, TimeProvider);
        }

        if (ObserverHost.IsObserver(target.GrainId))
        {
            _observers.Send(target.GrainId, request);
        }
        else if (target.Route is Activation { Status: not ActivationStatus.Gone } known)
        {
            known.Post(request);
        }
        else
        {
            SendToCatalog(target, request);
        }
    }

    private void SendToCatalog(GrainReference target, GrainRequest request)
    {
        try
        {
            var activation = Catalog.GetOrCreate(target.GrainId);
            target.Route = activation;
            activation.Post(request);
        }
        catch (Exception error) when (error is SiloUnavailableException or ArgumentException)
        {
            request.Refuse(error);
        }
    }
}
