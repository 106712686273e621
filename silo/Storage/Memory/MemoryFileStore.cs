using System.Collections.Concurrent;
using Actors.Printing;
using Actors.Silo.Storage.Files;

namespace Actors.Silo.Storage.Memory;

/// <summary>Contents that live as long as the process: for tests.</summary>
internal sealed class MemoryFileStore(TimeProvider time) : IFileStore, IDisposable
{
    private readonly ConcurrentDictionary<string, (byte[] Content, DateTimeOffset SavedAt)> _contents = new(StringComparer.Ordinal);

    public string Spool { get; } = FileFolders.Make(Path.Combine(Path.GetTempPath(), $"actors-spool-{Guid.NewGuid():N}"));

    public async ValueTask SaveAsync(string name, string path, CancellationToken cancellationToken)
    {
        if (!_contents.TryAdd(name, (await File.ReadAllBytesAsync(path, cancellationToken), time.GetUtcNow())))
        {
            throw new IOException("The name is taken.");
        }

        File.Delete(path);
    }

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream?>(_contents.TryGetValue(name, out var found) ? new MemoryStream(found.Content, writable: false) : null);

    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _contents.TryRemove(name, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = _contents.Where(content => content.Value.SavedAt < before).Select(content => content.Key).ToList();
        old.ForEach(name => _contents.TryRemove(name, out _));
        return ValueTask.FromResult(old.Count);
    }

    public void Dispose() => Directory.Delete(Spool, recursive: true);
}
