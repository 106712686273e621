using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Memory;

/// <summary>Members of groups: for tests.</summary>
internal sealed class MemoryGroupStore(MemoryNotifications tables) : IGroupStore
{
    public ValueTask ReplaceAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            Remove(group, [.. Members(group).Keys.Except(users, StringComparer.Ordinal)]);
            Add(group, users, at);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AddAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            Add(group, users, at);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<int> RemoveAsync(string group, ImmutableArray<string> users, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult(Remove(group, users));
        }
    }

    public ValueTask<ImmutableArray<string>> ListAsync(string group, string? after, DateTimeOffset? until, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult<ImmutableArray<string>>(
                [.. Members(group).Where(member => Utf8Order.Instance.Compare(member.Key, after ?? "") > 0 && (until is null || member.Value <= until)).Take(limit).Select(member => member.Key)]);
        }
    }

    public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult(Members(group).Count);
        }
    }

    private SortedDictionary<string, DateTimeOffset> Members(string group) =>
        tables.Groups.TryGetValue(group, out var members) ? members : tables.Groups[group] = new(Utf8Order.Instance);

    private void Add(string group, ImmutableArray<string> users, DateTimeOffset at)
    {
        foreach (var user in users)
        {
            Members(group).TryAdd(user, at);
        }
    }

    private int Remove(string group, ImmutableArray<string> users) => users.Count(Members(group).Remove);
}
