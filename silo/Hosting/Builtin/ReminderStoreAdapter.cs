using Actors.Engine.Reminders;
using Actors.Silo.Storage;

namespace Actors.Silo.Hosting;

/// <summary>The product's reminder store as the engine sees it.</summary>
internal sealed class ReminderStoreAdapter(IReminderStore store) : IReminderStorage
{
    // The store's bound is exclusive: what is due at this very moment is due.
    private static readonly TimeSpan Inclusive = TimeSpan.FromMilliseconds(1);

    public async ValueTask<ReminderEntry> SaveAsync(
        ReminderId id, DateTimeOffset startAt, TimeSpan period, CancellationToken cancellationToken) =>
        Entry(await store.UpsertAsync(Key(id), startAt, period, cancellationToken));

    public ValueTask<bool> RemoveAsync(ReminderId id, CancellationToken cancellationToken) =>
        store.DeleteAsync(Key(id), cancellationToken);

    public async ValueTask<ReminderEntry?> ReadAsync(ReminderId id, CancellationToken cancellationToken) =>
        await store.ReadAsync(Key(id), cancellationToken) is { } row ? Entry(row) : null;

    public async ValueTask<IReadOnlyList<ReminderEntry>> ReadAllAsync(string grainType, string grainKey, CancellationToken cancellationToken) =>
        [.. (await store.ReadGrainAsync(grainType, grainKey, cancellationToken)).Select(Entry)];

    public async ValueTask<IReadOnlyList<ReminderEntry>> ReadDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        [.. (await store.ReadDueAsync(now + Inclusive, limit, cancellationToken)).Select(Entry)];

    public async ValueTask<ReminderEntry?> ClaimAsync(ReminderEntry entry, DateTimeOffset until, CancellationToken cancellationToken) =>
        await store.ClaimAsync(Row(entry), until, cancellationToken) is { } row ? Entry(row) : null;

    public ValueTask<bool> CompleteAsync(ReminderEntry claimed, DateTimeOffset nextDue, CancellationToken cancellationToken) =>
        store.CompleteAsync(Row(claimed), nextDue, cancellationToken);

    private static ReminderKey Key(ReminderId id) => new(id.GrainType, id.GrainKey, id.Name);

    private static ReminderEntry Entry(ReminderRow row) =>
        new(new ReminderId(row.Key.GrainType, row.Key.GrainKey, row.Key.Name), row.StartAt, row.Period, row.DueAt, row.AttemptAt, row.ETag);

    private static ReminderRow Row(ReminderEntry entry) =>
        new(Key(entry.Id), entry.StartAt, entry.Period, entry.DueAt, entry.AttemptAt, entry.ETag);
}
