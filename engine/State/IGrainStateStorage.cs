namespace Actors.Engine.State;

/// <summary>Where grain state lies: rows of bytes under a name and a key, each with an ETag.</summary>
public interface IGrainStateStorage
{
    /// <summary>The row, null when there is none.</summary>
    ValueTask<StateRow?> ReadAsync(string name, string key, CancellationToken cancellationToken);

    /// <summary>Writes over the row with this ETag; without one, makes the row if there is none.</summary>
    ValueTask<StateWrite> WriteAsync(string name, string key, byte[] payload, string? etag, CancellationToken cancellationToken);

    /// <summary>Removes the row with this ETag.</summary>
    ValueTask<StateWrite> ClearAsync(string name, string key, string etag, CancellationToken cancellationToken);
}

/// <summary>A row of state.</summary>
public readonly record struct StateRow(byte[] Payload, string ETag);

/// <summary>How a write ended: done, with the new ETag, or refused, with the ETag that the row has.</summary>
public readonly record struct StateWrite(bool IsDone, string? ETag);
