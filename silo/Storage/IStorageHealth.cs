namespace Actors.Silo.Storage;

/// <summary>Whether the storage takes writes.</summary>
public interface IStorageHealth
{
    /// <summary>Why the last write failed, or null while writes succeed.</summary>
    string? Problem { get; }

    /// <summary>Makes a real write and tells whether it succeeded; <see cref="Problem"/> follows.</summary>
    ValueTask<bool> ProbeAsync(CancellationToken cancellationToken);
}
