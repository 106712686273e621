namespace Actors.Silo.Storage.Memory;

/// <summary>Memory takes every write.</summary>
internal sealed class MemoryStorageHealth : IStorageHealth
{
    public string? Problem => null;

    public ValueTask<bool> ProbeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
