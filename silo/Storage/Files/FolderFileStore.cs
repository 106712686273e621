using Actors.Printing;

namespace Actors.Silo.Storage.Files;

/// <summary>Contents as files of one folder: of this process, or one that all processes reach.</summary>
internal sealed class FolderFileStore(string folder) : IFileStore
{
    private const string SpoolName = ".spool";

    /// <summary>What is in the spool for so long is of an upload that ended otherwise.</summary>
    private static readonly TimeSpan SpoolAge = TimeSpan.FromDays(1);

    public string Spool { get; } = FileFolders.Make(Path.Combine(folder, SpoolName));

    public async ValueTask SaveAsync(string name, string path, CancellationToken cancellationToken)
    {
        await FileFolders.FlushAsync(path, cancellationToken);
        File.Move(path, PathOf(name), overwrite: false);
        FileFolders.Flush(folder);
    }

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult<Stream?>(FileNames.IsSafe(name)
                ? new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan)
                : null);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<Stream?>(null);
        }
    }

    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(name));
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var spoolBefore = before > DateTimeOffset.MinValue + SpoolAge ? before - SpoolAge : before;
        return ValueTask.FromResult(FileFolders.DeleteOld(folder, before, cancellationToken) + FileFolders.DeleteOld(Spool, spoolBefore, cancellationToken));
    }

    private string PathOf(string name) => FileNames.IsSafe(name)
        ? Path.Combine(folder, name)
        : throw new ArgumentException("This is no name of a content.", nameof(name));
}
