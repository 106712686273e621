namespace Orleans.Runtime;

/// <summary>An activation as its grain object sees it.</summary>
public interface IGrainContext
{
    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The reference by which others call it.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain object, null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of the process.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>What runs it.</summary>
    IGrainRuntime Runtime { get; }

    /// <summary>Ends the activation once its current turns have.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken? cancellationToken = default);
}

/// <summary>What a process offers the grain objects in it.</summary>
public interface IGrainRuntime
{
    /// <summary>The name of the process in the cluster.</summary>
    string SiloIdentity { get; }

    /// <summary>Reaches other grains.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>The services of the process.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The clock.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Ends an activation once its current turns have.</summary>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps an idle activation for at least this long.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}

/// <summary>Which activation the running code belongs to.</summary>
public static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? _current;

    /// <summary>The activation whose turn this thread runs; null outside turns.</summary>
    public static IGrainContext? Current => _current;

    internal static IGrainContext? Exchange(IGrainContext? context)
    {
        var previous = _current;
        _current = context;
        return previous;
    }
}
