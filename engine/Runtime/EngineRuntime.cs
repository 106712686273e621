using Actors.Engine.Cluster;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Diagnostics;
using Actors.Engine.Observers;
using Actors.Engine.Reminders;
using Actors.Engine.Serialization;
using Actors.Engine.State;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>The engine of one process: its grain types, activations, observers, clock.</summary>
internal sealed partial class EngineRuntime : IGrainRuntime, IClusterClient, IDisposable
{
    public EngineRuntime(
        IServiceProvider services,
        EngineOptions options,
        IEnumerable<GrainManifest> manifests,
        IGrainStateStorage states,
        IReminderStorage reminders,
        TimeProvider time,
        ILoggerFactory logs)
    {
        ServiceProvider = services;
        Options = options;
        TimeProvider = time;
        Log = logs.CreateLogger("Actors.Engine");
        Types = new GrainTypes([.. manifests], options.CollectionAge);
        Catalog = new Catalog(this);
        StateReads = new StateReads(options.StateReads);
        StateStorage = states;
        Codecs = new CodecRegistry(manifests);
        Telemetry = new EngineTelemetry(this);
        Observers = new ObserverHost(Log, ProcessId);
        Reminders = new ReminderService(this, reminders);
        Clock = new CoarseClock(time, options.Tick, OnTick);
    }

    /// <summary>This process, in this life of it.</summary>
    public Guid ProcessId { get; } = Guid.NewGuid();

    public string SiloIdentity => Options.SiloName;

    /// <summary>The cluster as seen from here; null where this process is alone.</summary>
    public ClusterNode? Node { get; private set; }

    /// <summary>Finds grains of other processes; null when there are none.</summary>
    public ClusterRouter? Router => Node?.Router;

    public CodecRegistry Codecs { get; }

    public ObserverHost Observers { get; }

    public IGrainFactory GrainFactory => this;

    public IServiceProvider ServiceProvider { get; }

    public TimeProvider TimeProvider { get; }

    public EngineOptions Options { get; }

    public ILogger Log { get; }

    public GrainTypes Types { get; }

    public Catalog Catalog { get; }

    public CoarseClock Clock { get; }

    public StateReads StateReads { get; }

    public IGrainStateStorage StateStorage { get; }

    public ReminderService Reminders { get; }

    public EngineTelemetry Telemetry { get; }

    /// <summary>Makes this process part of a cluster, before its first call.</summary>
    public void Join(ClusterNode node)
    {
        Node = node;
        if (!node.HoldsGrains)
        {
            // It could claim none: looking for them once a second would only busy the database.
            Reminders.Stop();
        }
    }

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked for it."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => ((Activation)grainContext).Keep(timeSpan);

    /// <summary>Ends every activation within a bounded time; calls that would need a new one are refused from now on.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Reminders.Stop();
        try
        {
            await (Node is { } node ? node.StopAsync(cancellationToken) : Catalog.CloseAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            EngineLog.StopGivenUp(Log, Catalog.Count);
        }
    }

    public void Dispose()
    {
        Clock.Dispose();
        Reminders.Stop();
        Node?.Dispose();
        Telemetry.Dispose();
        StateReads.Dispose();
    }

    private void OnTick()
    {
        var now = Clock.Now;
        InFlight.FailLate(now, TimeoutOf);
        Catalog.CollectIdle(now, Options.CollectionInterval.Ticks);
        Observers.DropDead();
        Reminders.OnTick(now);
        Router?.OnTick();
    }

    private TimeoutException TimeoutOf(GrainRequest request) =>
        new($"{request} had no answer within {Options.ResponseTimeout}; whether it had an effect is unknown.");
}
