namespace Actors.Silo.Storage.Postgres;

/// <summary>How a PostgreSQL database is opened.</summary>
internal sealed record PostgresOptions
{
    /// <summary>Npgsql's form: <c>Host=…;Database=…;Username=…</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>As which member of the cluster this process writes; without one its writes are not fenced, as those of commands are not.</summary>
    public IMembershipFence? Fence { get; init; }

    /// <summary>Connections of this process, all together.</summary>
    public int MaxConnections { get; init; } = 8;

    /// <summary>
    /// Connections that write, each one batch at a time. A key always goes through the same one. Commits of several wait for
    /// the same disk one after the other, each for a part of the callers, so that two are slower than one.
    /// </summary>
    public int Writers { get; init; } = 1;

    /// <summary>Rows in one transaction: bounds how long the first of them waits.</summary>
    public int BatchRows { get; init; } = 2_000;

    /// <summary>Writes that may wait for each writer; more of them wait for a place.</summary>
    public int QueueCapacity { get; init; } = 8_192;

    /// <summary>How long a write waits for a database that was there a moment ago, before it fails.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the start of a process waits for a database that does not answer yet; programs and database are often started together.</summary>
    public TimeSpan StartPatience { get; init; }

    /// <summary>Ends that wait: the process was told to stop.</summary>
    public CancellationToken Stopping { get; init; }

    public int CommandTimeoutSeconds { get; init; } = 15;

    public int ConnectTimeoutSeconds { get; init; } = 5;

    /// <summary>How long a statement waits for a row that another transaction holds.</summary>
    public int LockTimeoutMilliseconds { get; init; } = 3_000;

    /// <summary>How long a transaction may be open without a command: that of a frozen process must not hold its rows.</summary>
    public int IdleInTransactionMilliseconds { get; init; } = 2_000;

    /// <summary>Called when the database turns out to be another or an older one than this process wrote to: it must end.</summary>
    public Action? Replaced { get; init; }

    /// <summary>Called before each batch is sent and after its answer came, with its rows; what they throw counts as a lost connection. For tests.</summary>
    public Func<int, Task>? BeforeBatch { get; init; }

    public Func<int, Task>? AfterBatch { get; init; }
}
