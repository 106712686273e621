using Actors.Silo.Storage;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Silo.Hosting;

/// <summary>The product's state store as Orleans sees it.</summary>
internal sealed class GrainStorageAdapter(IStateStore store, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await store.ReadAsync(Key(stateName, grainId), CancellationToken.None);
        grainState.State = row is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(new BinaryData(row.Payload));
        grainState.ETag = row?.ETag!;
        grainState.RecordExists = row is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = serializer.Serialize(grainState.State).ToArray();
        var result = await store.WriteAsync(Key(stateName, grainId), payload, grainState.ETag, CancellationToken.None);
        grainState.ETag = Accept(result, grainState.ETag, stateName, grainId);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is { } etag)
        {
            Accept(await store.ClearAsync(Key(stateName, grainId), etag, CancellationToken.None), etag, stateName, grainId);
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
    }

    private static StateKey Key(string stateName, GrainId grainId) => new(stateName, grainId.Key.ToString()!);

    private static string Accept(StateWriteResult result, string? etag, string stateName, GrainId grainId) =>
        result.Status == StateWriteStatus.Written
            ? result.ETag!
            : throw new InconsistentStateException($"The row '{stateName}' of {grainId} is not the one that was read.", result.ETag, etag);
}
