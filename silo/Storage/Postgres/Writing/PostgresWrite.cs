using System.Threading.Tasks.Sources;

namespace Actors.Silo.Storage.Postgres;

/// <summary>One write in the queue, and after the commit what came of it.</summary>
internal abstract class PostgresWrite
{
    protected PostgresWrite(WriteKind kind, Guid key, int rows, CancellationToken cancellationToken)
    {
        Kind = kind;
        Key = key;
        Rows = rows;
        CancellationToken = cancellationToken;
    }

    public WriteKind Kind { get; }

    /// <summary>What it writes: a batch writes each key at most once. Empty for what may be there several times.</summary>
    public Guid Key { get; }

    /// <summary>Equal numbers take the same lane.</summary>
    public virtual int Lane => Key.GetHashCode();

    /// <summary>How many rows it writes, roughly.</summary>
    public int Rows { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Why it alone fails while the rest of its batch is committed.</summary>
    public Exception? Error { get; set; }

    /// <summary>An attempt whose answer was lost is in the database: this one must tell what that one did.</summary>
    public bool IsIn { get; set; }

    /// <summary>Gives the answer, or <see cref="Error"/>, to the caller.</summary>
    public abstract void Complete();
}

/// <summary>A write that answers with a result.</summary>
internal abstract class PostgresWrite<TResult> : PostgresWrite, IValueTaskSource<TResult>
{
    private ManualResetValueTaskSourceCore<TResult> _completion;

    protected PostgresWrite(WriteKind kind, Guid key, int rows, CancellationToken cancellationToken)
        : base(kind, key, rows, cancellationToken) =>
        _completion.RunContinuationsAsynchronously = true;

    public TResult? Result { get; set; }

    public ValueTask<TResult> Task => new(this, _completion.Version);

    public override void Complete()
    {
        if (Error is null)
        {
            _completion.SetResult(Result!);
        }
        else
        {
            _completion.SetException(Error);
        }
    }

    public TResult GetResult(short token) => _completion.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}
