using Actors.Engine.State;
using Actors.Silo.Storage;

namespace Actors.Silo.Hosting;

/// <summary>The product's state store as the engine sees it.</summary>
internal sealed class StateStoreAdapter(IStateStore store) : IGrainStateStorage
{
    public async ValueTask<StateRow?> ReadAsync(string name, string key, CancellationToken cancellationToken) =>
        await store.ReadAsync(new StateKey(name, key), cancellationToken) is { } row ? new StateRow(row.Payload, row.ETag) : null;

    public async ValueTask<StateWrite> WriteAsync(string name, string key, byte[] payload, string? etag, CancellationToken cancellationToken) =>
        Of(await store.WriteAsync(new StateKey(name, key), payload, etag, cancellationToken));

    public async ValueTask<StateWrite> ClearAsync(string name, string key, string etag, CancellationToken cancellationToken) =>
        Of(await store.ClearAsync(new StateKey(name, key), etag, cancellationToken));

    private static StateWrite Of(StateWriteResult result) => new(result.Status == StateWriteStatus.Written, result.ETag);
}
