using System.Collections.Concurrent;

namespace Actors.Silo.Storage.Memory;

/// <summary>Settings that live as long as the process: for tests.</summary>
internal sealed class MemorySettingStore : ISettingStore
{
    private readonly ConcurrentDictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    public ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_values.GetValueOrDefault(name));
    }

    public ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_values.GetOrAdd(name, _ => create()));
    }
}
