namespace Actors.Silo.Storage.Sqlite;

/// <summary>How a database file is opened.</summary>
internal sealed record SqliteOptions
{
    /// <summary>The folder that holds the file.</summary>
    public required string DataPath { get; init; }

    /// <summary>Whether this process serves from the folder and nobody else may; a command that only looks or adds a row takes no lock.</summary>
    public bool Exclusive { get; init; } = true;

    /// <summary>Of a file that is made now; an existing one keeps its own.</summary>
    public int PageBytes { get; init; } = 4_096;

    public int WriterCacheKiB { get; init; } = 32 * 1024;

    public int ReaderCacheKiB { get; init; } = 4 * 1024;

    public int Readers { get; init; } = 4;

    /// <summary>How many pages the write-ahead log holds before they are copied into the file.</summary>
    public int CheckpointPages { get; init; } = 4_000;

    /// <summary>Rows in one transaction: bounds how long the first of them waits.</summary>
    public int BatchRows { get; init; } = 4_000;

    /// <summary>Writes that may wait; more of them wait for a place.</summary>
    public int QueueCapacity { get; init; } = 16_384;

    public int BusyTimeoutMilliseconds { get; init; } = 5_000;

    /// <summary>A limit on the file's size, for tests of a full disk. Default: none.</summary>
    public int? MaxPages { get; init; }

    /// <summary>Called on the writer's thread before and after each COMMIT; what they throw counts as the COMMIT's own failure.</summary>
    public Action? BeforeCommit { get; init; }

    public Action? AfterCommit { get; init; }
}
