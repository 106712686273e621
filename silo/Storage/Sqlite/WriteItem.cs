using System.Threading.Tasks.Sources;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>One write in the queue: what to do, and after the commit what came of it.</summary>
internal abstract class WriteItem
{
    protected WriteItem(StateKey key, int rows, CancellationToken cancellationToken)
    {
        Key = key;
        Rows = rows;
        CancellationToken = cancellationToken;
    }

    /// <summary>The row that it writes, when that is grain state; a batch writes each at most once.</summary>
    public StateKey Key { get; }

    public bool HasKey => Key.Name is not null;

    /// <summary>How many rows it writes, roughly.</summary>
    public int Rows { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Its place in the queue.</summary>
    public long Order { get; set; }

    /// <summary>Why it alone fails while the rest of its batch is committed.</summary>
    public Exception? Error { get; set; }

    /// <summary>Writes the rows and keeps the answer until the commit.</summary>
    public abstract void Execute(SqliteSession session);

    /// <summary>Gives the answer, or <see cref="Error"/>, to the caller.</summary>
    public abstract void Complete();
}

internal sealed class WriteItem<TArgument, TResult> : WriteItem, IValueTaskSource<TResult>
{
    private readonly TArgument _argument;
    private readonly Func<SqliteSession, TArgument, TResult> _write;
    private ManualResetValueTaskSourceCore<TResult> _completion;
    private TResult? _result;

    public WriteItem(StateKey key, int rows, TArgument argument, Func<SqliteSession, TArgument, TResult> write, CancellationToken cancellationToken)
        : base(key, rows, cancellationToken)
    {
        _argument = argument;
        _write = write;
        // The writer's thread never runs what follows an await.
        _completion.RunContinuationsAsynchronously = true;
    }

    public ValueTask<TResult> Task => new(this, _completion.Version);

    public override void Execute(SqliteSession session) => _result = _write(session, _argument);

    public override void Complete()
    {
        if (Error is null)
        {
            _completion.SetResult(_result!);
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
