using System.Collections.Immutable;

namespace Actors.Silo.Storage;

/// <summary>Reminders. Of the processes that see one due, the one whose claim succeeds rings it; a claim that is not completed in time expires.</summary>
public interface IReminderStore
{
    /// <summary>Registers or replaces a reminder, first due at <paramref name="startAt"/>. A claim on the replaced one is void.</summary>
    ValueTask<ReminderRow> UpsertAsync(ReminderKey key, DateTimeOffset startAt, TimeSpan period, CancellationToken cancellationToken);

    /// <summary>Removes a reminder; false when there is none.</summary>
    ValueTask<bool> DeleteAsync(ReminderKey key, CancellationToken cancellationToken);

    /// <summary>The reminder, or null.</summary>
    ValueTask<ReminderRow?> ReadAsync(ReminderKey key, CancellationToken cancellationToken);

    /// <summary>All reminders of a grain, by name.</summary>
    ValueTask<ImmutableArray<ReminderRow>> ReadGrainAsync(string grainType, string grainKey, CancellationToken cancellationToken);

    /// <summary>Reminders whose next attempt lies before a time, the earliest first.</summary>
    ValueTask<ImmutableArray<ReminderRow>> ReadDueAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Reminders in the order of their keys, those after one: all of them, a page at a time. What is there throughout is in one page.</summary>
    ValueTask<ImmutableArray<ReminderRow>> ReadPageAsync(ReminderKey? after, int limit, CancellationToken cancellationToken);

    /// <summary>Takes a due reminder until a time. Null when somebody else took, changed or removed it since it was read.</summary>
    ValueTask<ReminderRow?> ClaimAsync(ReminderRow row, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Ends a claim: the reminder is due again at <paramref name="nextDue"/>. False when the claim was lost meanwhile.</summary>
    ValueTask<bool> CompleteAsync(ReminderRow claimed, DateTimeOffset nextDue, CancellationToken cancellationToken);
}

/// <summary>Names a reminder.</summary>
/// <param name="GrainType">The grain's type.</param>
/// <param name="GrainKey">The grain's key.</param>
/// <param name="Name">The reminder's name, unique within its grain.</param>
public readonly record struct ReminderKey(string GrainType, string GrainKey, string Name);

/// <summary>A reminder as stored.</summary>
/// <param name="Key">Its name.</param>
/// <param name="StartAt">When it was first due.</param>
/// <param name="Period">The time between ticks.</param>
/// <param name="DueAt">When its next tick is due.</param>
/// <param name="AttemptAt">When to try: <paramref name="DueAt"/>, or the end of the claim that is on it.</param>
/// <param name="ETag">Changes with every change of the row.</param>
public sealed record ReminderRow(
    ReminderKey Key,
    DateTimeOffset StartAt,
    TimeSpan Period,
    DateTimeOffset DueAt,
    DateTimeOffset AttemptAt,
    string ETag);
