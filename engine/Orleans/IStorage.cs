namespace Orleans.Core;

/// <summary>A record of grain state, without its type.</summary>
public interface IStorage
{
    /// <summary>The version that was read or written last.</summary>
    string? Etag { get; }

    /// <summary>Whether the store holds the record.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the record and resets the state; it can be written again.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the state, if the record is still as it was read.</summary>
    Task WriteStateAsync();

    /// <summary>Reads the record again, dropping changes that were not written.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>A record of grain state.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state as the activation knows it.</summary>
    TState State { get; set; }
}
