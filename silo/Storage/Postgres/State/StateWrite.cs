namespace Actors.Silo.Storage.Postgres;

/// <summary>A write of grain state. Its new ETag is chosen before it is sent, so that a row tells whose it is.</summary>
internal sealed class StateWrite : PostgresWrite<StateWriteResult>
{
    public StateWrite(WriteKind kind, StateKey name, byte[] payload, long expected, CancellationToken cancellationToken)
        : base(kind, StateId.Of(name), rows: 1, cancellationToken)
    {
        Name = name;
        Payload = payload;
        Expected = expected;
    }

    public StateKey Name { get; }

    public byte[] Payload { get; }

    public long Expected { get; }

    public long Next { get; } = ETags.Next();

    /// <summary>The row was changed by the statement itself, so nothing is left to ask.</summary>
    public bool Changed { get; set; }

    public void Written() => Result = new StateWriteResult(StateWriteStatus.Written, ETags.Format(Next));

    public void Cleared() => Result = new StateWriteResult(StateWriteStatus.Written, ETag: null);

    public void Conflict(long? stored) =>
        Result = new StateWriteResult(StateWriteStatus.Conflict, stored is { } etag ? ETags.Format(etag) : null);
}
