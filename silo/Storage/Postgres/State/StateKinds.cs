using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The statements of grain state: a set of rows each, in key order; a row that is not changed is a conflict.</summary>
internal abstract class StateKind : WriteKind
{
    private const string Stored =
        "SELECT s.etag, n.i FROM unnest($1::uuid[]) WITH ORDINALITY AS n(id, i) JOIN grain_state s ON s.id = n.id";

    public override async ValueTask ReadAsync(BatchAnswer answer, List<PostgresWrite> writes)
    {
        foreach (var write in writes)
        {
            ((StateWrite)write).Changed = false;
        }

        var rows = await answer.NextSetAsync();
        while (await rows.ReadAsync())
        {
            var write = (StateWrite)writes[(int)rows.GetInt64(0) - 1];
            write.Changed = true;
            Change(write);
        }
    }

    public override async ValueTask CompleteAsync(NpgsqlConnection connection, List<PostgresWrite> writes)
    {
        var open = writes.FindAll(write => !((StateWrite)write).Changed);
        if (open.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Stored, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. open.Select(write => write.Key)] });
        var stored = new long?[open.Count];
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                stored[(int)rows.GetInt64(1) - 1] = rows.GetInt64(0);
            }
        }

        for (var i = 0; i < open.Count; i++)
        {
            Explain((StateWrite)open[i], stored[i]);
        }
    }

    /// <summary>The statement changed the row.</summary>
    protected virtual void Change(StateWrite write) => write.Written();

    /// <summary>The statement changed nothing: a conflict, unless an attempt whose answer was lost wrote the row.</summary>
    protected virtual void Explain(StateWrite write, long? stored)
    {
        if (stored == write.Next)
        {
            write.Written();
        }
        else
        {
            write.Conflict(stored);
        }
    }

    protected static NpgsqlBatchCommand Keys(NpgsqlBatchCommand command, List<PostgresWrite> writes) =>
        command.Add(writes, NpgsqlDbType.Uuid, static write => write.Key);
}

/// <summary>Never an upsert: it would bring back a row that was cleared.</summary>
internal sealed class StateInserts : StateKind
{
    private const string Sql =
        "WITH n AS (SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bytea[]) WITH ORDINALITY AS n(id, name, key, etag, payload, i)), "
        + "put AS (INSERT INTO grain_state (id, name, key, etag, payload) SELECT id, name, key, etag, payload FROM n ON CONFLICT (id) DO NOTHING RETURNING etag) "
        + "SELECT n.i FROM n JOIN put ON put.etag = n.etag";

    public static readonly StateInserts Instance = new();

    public override int Order => 1;

    public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes) =>
        Keys(batch.Command(Sql), writes)
            .Add(writes, NpgsqlDbType.Text, static write => ((StateWrite)write).Name.Name)
            .Add(writes, NpgsqlDbType.Text, static write => ((StateWrite)write).Name.Key)
            .Add(writes, NpgsqlDbType.Bigint, static write => ((StateWrite)write).Next)
            .Add(writes, NpgsqlDbType.Bytea, static write => ((StateWrite)write).Payload);
}

internal sealed class StateUpdates : StateKind
{
    private const string Sql =
        "UPDATE grain_state s SET etag = n.etag, payload = n.payload "
        + "FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bytea[]) WITH ORDINALITY AS n(id, expected, etag, payload, i) "
        + "WHERE s.id = n.id AND s.etag = n.expected RETURNING n.i";

    public static readonly StateUpdates Instance = new();

    public override int Order => 2;

    public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes) =>
        Keys(batch.Command(Sql), writes)
            .Add(writes, NpgsqlDbType.Bigint, static write => ((StateWrite)write).Expected)
            .Add(writes, NpgsqlDbType.Bigint, static write => ((StateWrite)write).Next)
            .Add(writes, NpgsqlDbType.Bytea, static write => ((StateWrite)write).Payload);
}

internal sealed class StateClears : StateKind
{
    private const string Sql =
        "DELETE FROM grain_state s USING unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS n(id, expected, i) "
        + "WHERE s.id = n.id AND s.etag = n.expected RETURNING n.i";

    public static readonly StateClears Instance = new();

    public override int Order => 3;

    public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes) =>
        Keys(batch.Command(Sql), writes).Add(writes, NpgsqlDbType.Bigint, static write => ((StateWrite)write).Expected);

    protected override void Change(StateWrite write) => write.Cleared();

    protected override void Explain(StateWrite write, long? stored)
    {
        if (stored is null && write.IsIn)
        {
            write.Cleared();
        }
        else
        {
            write.Conflict(stored);
        }
    }
}
