using System.Collections.Immutable;

namespace Actors.Silo.Storage.Memory;

/// <summary>Reminders that live as long as the process: for tests.</summary>
internal sealed class MemoryReminderStore : IReminderStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ReminderKey, ReminderRow> _rows = [];

    public ValueTask<ReminderRow> UpsertAsync(ReminderKey key, DateTimeOffset startAt, TimeSpan period, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_rows[key] = new ReminderRow(key, startAt, period, startAt, startAt, NewETag()));
        }
    }

    public ValueTask<bool> DeleteAsync(ReminderKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_rows.Remove(key));
        }
    }

    public ValueTask<ReminderRow?> ReadAsync(ReminderKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_rows.GetValueOrDefault(key));
        }
    }

    public ValueTask<ImmutableArray<ReminderRow>> ReadGrainAsync(string grainType, string grainKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_rows.Values
                .Where(row => row.Key.GrainType == grainType && row.Key.GrainKey == grainKey)
                .OrderBy(row => row.Key.Name, StringComparer.Ordinal)
                .ToImmutableArray());
        }
    }

    public ValueTask<ImmutableArray<ReminderRow>> ReadDueAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_rows.Values
                .Where(row => row.AttemptAt < before)
                .OrderBy(row => row.AttemptAt)
                .Take(limit)
                .ToImmutableArray());
        }
    }

    public ValueTask<ImmutableArray<ReminderRow>> ReadPageAsync(ReminderKey? after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_rows.Values
                .Where(row => after is not { } key || Compare(row.Key, key) > 0)
                .Order(Comparer<ReminderRow>.Create((one, other) => Compare(one.Key, other.Key)))
                .Take(limit)
                .ToImmutableArray());
        }
    }

    public ValueTask<ReminderRow?> ClaimAsync(ReminderRow row, DateTimeOffset until, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Replace(row, row with { AttemptAt = until, ETag = NewETag() }, cancellationToken));

    public ValueTask<bool> CompleteAsync(ReminderRow claimed, DateTimeOffset nextDue, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Replace(claimed, claimed with { DueAt = nextDue, AttemptAt = nextDue, ETag = NewETag() }, cancellationToken) is not null);

    private static int Compare(ReminderKey one, ReminderKey other) =>
        string.CompareOrdinal(one.GrainType, other.GrainType) is not 0 and var byType ? byType
        : string.CompareOrdinal(one.GrainKey, other.GrainKey) is not 0 and var byKey ? byKey
        : string.CompareOrdinal(one.Name, other.Name);

    private ReminderRow? Replace(ReminderRow row, ReminderRow next, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return _rows.TryGetValue(row.Key, out var stored) && stored.ETag == row.ETag ? _rows[row.Key] = next : null;
        }
    }

    private static string NewETag() => ETags.Format(ETags.Next());
}
