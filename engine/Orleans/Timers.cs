namespace Orleans.Runtime;

/// <summary>A timer of an activation; it dies with it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when it fires next and how long after the end of each tick it fires again.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a grain timer behaves.</summary>
public readonly struct GrainTimerCreationOptions
{
    public GrainTimerCreationOptions()
    {
    }

    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>From now to the first tick.</summary>
    public TimeSpan DueTime { get; init; }

    /// <summary>From the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single one.</summary>
    public TimeSpan Period { get; init; }

    /// <summary>Whether ticks may interleave with calls. Default: false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether ticks keep the activation from being collected. Default: false.</summary>
    public bool KeepAlive { get; init; }
}
