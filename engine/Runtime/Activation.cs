using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>One grain in memory. Everything but <see cref="Post"/> and the scheduler's entry points runs in its turns.</summary>
internal sealed partial class Activation : TaskScheduler, IThreadPoolWorkItem, IGrainContext, IActivationServices
{
    private object? _instance;
    private GrainReference? _reference;

    public Activation(EngineRuntime runtime, GrainId grainId, GrainClass grainClass)
    {
        Engine = runtime;
        GrainId = grainId;
        Class = grainClass;
        _lastUse = runtime.Clock.Now;
    }

    public EngineRuntime Engine { get; }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public object? GrainInstance => _instance;

    public GrainReference GrainReference => _reference ??= Engine.CreateReference(Class.MainInterface, GrainId);

    public IServiceProvider ActivationServices => Engine.ServiceProvider;

    public IGrainRuntime Runtime => Engine;

    public ActivationStatus Status { get; private set; }

    /// <summary>The grain object, for code that runs only once it is there.</summary>
    internal object Target => _instance!;

    private bool IsCurrent => ReferenceEquals(RuntimeContext.Current, this);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken? cancellationToken = default)
    {
        if (IsCurrent)
        {
            StartDraining(deactivationReason);
        }
        else
        {
            Post(new DeactivateCommand(deactivationReason));
        }
    }

    public override string ToString() => $"{GrainId} ({Status})";

    private sealed class DeactivateCommand(DeactivationReason reason) : InboxItem
    {
        internal override void Execute(Activation activation) => activation.StartDraining(reason);
    }
}
