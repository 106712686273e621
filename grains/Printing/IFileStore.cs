namespace Actors.Printing;

/// <summary>Where uploaded contents lie, reached by every process.</summary>
public interface IFileStore
{
    /// <summary>A folder of this process for contents that are being received; on the same disk as the store, where it has one.</summary>
    string Spool { get; }

    /// <summary>Takes a file of the spool under a name that nobody has; durable when the task completes, and only then to be opened.</summary>
    ValueTask SaveAsync(string name, string path, CancellationToken cancellationToken);

    /// <summary>A content, or null.</summary>
    ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a content, if it is there.</summary>
    ValueTask DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes contents saved before a time, and what an earlier life of this process left in the spool.</summary>
    /// <returns>How many there were.</returns>
    ValueTask<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
