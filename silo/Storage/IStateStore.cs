namespace Actors.Silo.Storage;

/// <summary>Rows of grain state, one per (state name, grain key), guarded by an ETag that each write changes.</summary>
public interface IStateStore
{
    /// <summary>The row, or null when there is none.</summary>
    ValueTask<StoredState?> ReadAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>Stores the payload: without an ETag only where there is no row, with one only over the row that has it. Durable when it returns.</summary>
    /// <exception cref="IOException">Nothing was written.</exception>
    ValueTask<StateWriteResult> WriteAsync(StateKey key, byte[] payload, string? etag, CancellationToken cancellationToken);

    /// <summary>Deletes the row if it has this ETag. Durable when it returns.</summary>
    /// <exception cref="IOException">Nothing was written.</exception>
    ValueTask<StateWriteResult> ClearAsync(StateKey key, string etag, CancellationToken cancellationToken);
}

/// <summary>Names a row of grain state.</summary>
/// <param name="Name">The name that <c>[PersistentState]</c> gives.</param>
/// <param name="Key">The grain's key.</param>
public readonly record struct StateKey(string Name, string Key);

/// <summary>A row of grain state.</summary>
/// <param name="Payload">The encoded state; nobody changes the array.</param>
/// <param name="ETag">What a write over this row must show.</param>
public sealed record StoredState(byte[] Payload, string ETag);

/// <summary>How a write of state ended.</summary>
/// <param name="Status">Written or not.</param>
/// <param name="ETag">The new ETag; on a conflict the one that is stored. Null when there is no row any more.</param>
public readonly record struct StateWriteResult(StateWriteStatus Status, string? ETag);

/// <summary>The ways in which a write of state can end.</summary>
public enum StateWriteStatus
{
    /// <summary>Stored.</summary>
    Written,

    /// <summary>The row is not the one that the ETag names; nothing changed.</summary>
    Conflict,
}
