using System.Collections.Concurrent;

namespace Actors.Silo.Storage.Memory;

/// <summary>State that lives as long as the process: for tests.</summary>
internal sealed class MemoryStateStore : IStateStore
{
    private readonly ConcurrentDictionary<StateKey, StoredState> _rows = new();

    public ValueTask<StoredState?> ReadAsync(StateKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_rows.GetValueOrDefault(key));
    }

    public ValueTask<StateWriteResult> WriteAsync(StateKey key, byte[] payload, string? etag, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var next = new StoredState(payload, ETags.Format(ETags.Next()));
        var written = etag is null
            ? _rows.TryAdd(key, next)
            : _rows.TryGetValue(key, out var stored) && stored.ETag == etag && _rows.TryUpdate(key, next, stored);
        return ValueTask.FromResult(written ? new StateWriteResult(StateWriteStatus.Written, next.ETag) : Conflict(key));
    }

    public ValueTask<StateWriteResult> ClearAsync(StateKey key, string etag, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var cleared = _rows.TryGetValue(key, out var stored) && stored.ETag == etag && _rows.TryRemove(new(key, stored));
        return ValueTask.FromResult(cleared ? new StateWriteResult(StateWriteStatus.Written, ETag: null) : Conflict(key));
    }

    private StateWriteResult Conflict(StateKey key) =>
        new(StateWriteStatus.Conflict, _rows.GetValueOrDefault(key)?.ETag);
}
