using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainRuntime? _runtime;

    protected Grain()
        : this(RuntimeContext.Current!)
    {
    }

    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        _runtime = grainRuntime ?? grainContext?.Runtime;
    }

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>The reference by which others call this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>Reaches other grains.</summary>
    protected IGrainFactory GrainFactory => Runtime.GrainFactory;

    /// <summary>The services of the process.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>The identity as text.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>The name of the process that runs this activation.</summary>
    public string RuntimeIdentity => Runtime.SiloIdentity;

    private IGrainRuntime Runtime =>
        _runtime ?? throw new InvalidOperationException("This grain object was not made by a runtime.");

    /// <summary>Asks for this activation to end once its current turns have; later calls get a fresh one.</summary>
    protected void DeactivateOnIdle() => Runtime.DeactivateOnIdle(GrainContext);

    /// <summary>Keeps an idle activation for at least this long; a negative span ends that.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Runtime.DelayDeactivation(GrainContext, timeSpan);

    /// <inheritdoc/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
