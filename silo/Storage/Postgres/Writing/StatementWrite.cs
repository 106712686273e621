using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>A write that has statements of its own in the batch: for what is not written often enough to be worth a set.</summary>
/// <param name="key">What it writes, or empty.</param>
/// <param name="add">Appends its statements; told whether an attempt whose answer was lost is in the database.</param>
/// <param name="read">Takes exactly the result sets of its statements.</param>
/// <param name="cancellationToken">Ends the wait in the queue.</param>
internal sealed class StatementWrite<TResult>(
    Guid key, Action<NpgsqlBatch, bool> add, Func<BatchAnswer, ValueTask<TResult>> read, CancellationToken cancellationToken)
    : PostgresWrite<TResult>(StatementKind.Instance, key, rows: 1, cancellationToken), IStatementWrite
{
    public void AddTo(NpgsqlBatch batch) => add(batch, IsIn);

    public async ValueTask ReadAsync(BatchAnswer answer) => Result = await read(answer);
}

internal interface IStatementWrite
{
    void AddTo(NpgsqlBatch batch);

    ValueTask ReadAsync(BatchAnswer answer);
}

internal sealed class StatementKind : WriteKind
{
    public static readonly StatementKind Instance = new();

    public override int Order => 4;

    public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes) =>
        writes.ForEach(write => ((IStatementWrite)write).AddTo(batch));

    public override async ValueTask ReadAsync(BatchAnswer answer, List<PostgresWrite> writes)
    {
        foreach (var write in writes)
        {
            await ((IStatementWrite)write).ReadAsync(answer);
        }
    }
}

/// <summary>Answers of single statements.</summary>
internal static class StatementAnswers
{
    /// <summary>Whether the statement returned a row.</summary>
    public static async ValueTask<bool> AnyAsync(BatchAnswer answer) => await (await answer.NextSetAsync()).ReadAsync();

    /// <summary>How many rows it returned.</summary>
    public static async ValueTask<int> CountAsync(BatchAnswer answer)
    {
        var rows = await answer.NextSetAsync();
        var count = 0;
        while (await rows.ReadAsync())
        {
            count++;
        }

        return count;
    }
}
