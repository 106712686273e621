using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Memory;

/// <summary>Messages: for tests.</summary>
internal sealed class MemoryMessageStore(MemoryNotifications tables) : IMessageStore
{
    public ValueTask<StoredMessage> AddAsync(StoredMessage message, ImmutableArray<string> users, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            tables.Messages.TryAdd(message.Id, (message, users));
            return ValueTask.FromResult(tables.Messages[message.Id].Message);
        }
    }

    public ValueTask<StoredMessage?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult(tables.Messages.TryGetValue(id, out var found) ? found.Message : null);
        }
    }

    public ValueTask<ImmutableArray<string>> UsersAsync(string id, int from, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            return ValueTask.FromResult<ImmutableArray<string>>(tables.Messages.TryGetValue(id, out var found) ? [.. found.Users.Skip(from).Take(limit)] : []);
        }
    }

    public ValueTask AdvanceAsync(string id, MessageProgress progress, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            if (tables.Messages.TryGetValue(id, out var found) && !found.Message.Progress.IsDone)
            {
                tables.Messages[id] = (found.Message with { Progress = progress }, found.Users);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<string>> UnfinishedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            var due = tables.Messages.Values.Select(found => found.Message).Where(message => !message.Progress.IsDone && message.Due <= now);
            return ValueTask.FromResult<ImmutableArray<string>>([.. due.OrderBy(message => message.Due).Take(limit).Select(message => message.Id)]);
        }
    }

    public ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        lock (tables.Lock)
        {
            var old = tables.Messages.Values.Select(found => found.Message).Where(message => message.Progress.IsDone && message.Created < before)
                .OrderBy(message => message.Created).Take(limit).ToList();
            old.ForEach(message => tables.Messages.Remove(message.Id));
            return ValueTask.FromResult(old.Count);
        }
    }
}
