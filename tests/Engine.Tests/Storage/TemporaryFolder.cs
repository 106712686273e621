namespace Actors.Engine.Tests.Storage;

/// <summary>A folder of its own for a test, gone with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actors-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
