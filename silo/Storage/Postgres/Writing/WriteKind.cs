using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Writes of one kind share their statements: all of a batch are one set of arrays.</summary>
internal abstract class WriteKind
{
    /// <summary>Kinds lock their rows in this order, so that two batches cannot wait for each other; what many wait for comes last.</summary>
    public abstract int Order { get; }

    /// <summary>Puts the writes of a batch into the order in which they are sent. Default: by key.</summary>
    public virtual void Sort(List<PostgresWrite> writes) => writes.Sort(static (left, right) => left.Key.CompareTo(right.Key));

    /// <summary>Appends the statements. The writes are in order.</summary>
    public abstract void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes);

    /// <summary>Takes the answers: exactly the result sets of its own statements.</summary>
    public abstract ValueTask ReadAsync(BatchAnswer answer, List<PostgresWrite> writes);

    /// <summary>Asks, after the commit, for what the answers left open.</summary>
    public virtual ValueTask CompleteAsync(NpgsqlConnection connection, List<PostgresWrite> writes) => ValueTask.CompletedTask;
}
