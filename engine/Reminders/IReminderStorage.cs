namespace Actors.Engine.Reminders;

/// <summary>Where reminders lie. Of the processes that see one due, the one whose claim succeeds sends its tick.</summary>
public interface IReminderStorage
{
    /// <summary>Makes or replaces a reminder; a claim on the replaced one is void.</summary>
    ValueTask<ReminderEntry> SaveAsync(ReminderId id, DateTimeOffset startAt, TimeSpan period, CancellationToken cancellationToken);

    /// <summary>Removes a reminder; false when there is none.</summary>
    ValueTask<bool> RemoveAsync(ReminderId id, CancellationToken cancellationToken);

    /// <summary>The reminder, or null.</summary>
    ValueTask<ReminderEntry?> ReadAsync(ReminderId id, CancellationToken cancellationToken);

    /// <summary>All reminders of a grain.</summary>
    ValueTask<IReadOnlyList<ReminderEntry>> ReadAllAsync(string grainType, string grainKey, CancellationToken cancellationToken);

    /// <summary>Reminders to try now, the earliest first.</summary>
    ValueTask<IReadOnlyList<ReminderEntry>> ReadDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Takes a reminder until a time; null when it is not as it was read any more.</summary>
    ValueTask<ReminderEntry?> ClaimAsync(ReminderEntry entry, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Ends a claim: the next tick is due at this time. False when the claim was lost.</summary>
    ValueTask<bool> CompleteAsync(ReminderEntry claimed, DateTimeOffset nextDue, CancellationToken cancellationToken);
}

/// <summary>Names a reminder: the grain, and the name within it.</summary>
public readonly record struct ReminderId(string GrainType, string GrainKey, string Name);

/// <summary>A reminder as stored.</summary>
/// <param name="Id">Which one.</param>
/// <param name="StartAt">When it was first due.</param>
/// <param name="Period">Between ticks.</param>
/// <param name="DueAt">When the next tick is due.</param>
/// <param name="AttemptAt">When to try: when it is due, or when the claim on it expires.</param>
/// <param name="ETag">Changes with every change.</param>
public sealed record ReminderEntry(
    ReminderId Id, DateTimeOffset StartAt, TimeSpan Period, DateTimeOffset DueAt, DateTimeOffset AttemptAt, string ETag);
