using System.Diagnostics;
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
            request.Probe = new CallProbe(Telemetry, TimeProvider, Activity.Current?.Context ?? default);
        }

        if (ObserverHost.IsObserver(target.GrainId))
        {
            SendToObserver(target.GrainId, request);
        }
        else if (Router is { } router)
        {
            router.Send(target, request);
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

    /// <summary>Sends on a call that has not begun, to wherever its grain is now.</summary>
    public void SendOn(GrainId target, GrainCall call)
    {
        if (Router is { } router)
        {
            router.SendOn(target, call);
        }
        else
        {
            Catalog.Post(target, call);
        }
    }

    private void SendToObserver(GrainId target, GrainRequest request)
    {
        if (Router is { } router && ObserverHost.ProcessOf(target) is { } process && process != ProcessId)
        {
            router.SendToObserver(target, request);
        }
        else
        {
            Observers.Send(target, request);
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
