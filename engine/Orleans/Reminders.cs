namespace Orleans.Runtime;

/// <summary>A reminder that is stored.</summary>
public interface IGrainReminder
{
    /// <summary>Its name, unique within the grain.</summary>
    string ReminderName { get; }
}

/// <summary>Which tick of a reminder this is.</summary>
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    /// <summary>When the first tick was due (UTC).</summary>
    public DateTime FirstTickTime { get; } = firstTickTime;

    /// <summary>Between ticks.</summary>
    public TimeSpan Period { get; } = period;

    /// <summary>When this tick was sent (UTC).</summary>
    public DateTime CurrentTickTime { get; } = timeStamp;
}
