using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>
/// The connection of one lane. Each batch names its predecessor, so that after a lost connection one statement both
/// tells which batch was the last to commit and keeps what was sent before from committing later.
/// </summary>
internal sealed class LaneConnection : IAsyncDisposable
{
    private const string Register = "INSERT INTO storage_writer (id, batch) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET batch = excluded.batch";
    private const string Begin = "SELECT actors_begin_batch($1, $2, $3, $4, $5, $6)";
    private const string Seal = "SELECT actors_seal_writer($1, $2)";

    private readonly NpgsqlDataSource _source;
    private readonly GenerationGuard _guard;
    private readonly Guid _writer = Guid.NewGuid();
    private NpgsqlConnection? _connection;
    private long _last;
    private long _sent;
    private long _seal;

    public LaneConnection(NpgsqlDataSource source, GenerationGuard guard)
    {
        _source = source;
        _guard = guard;
    }

    /// <summary>Connects where there is no connection. After a loss: the number of the last batch that committed; otherwise null.</summary>
    public async Task<long?> OpenAsync()
    {
        if (_connection is not null)
        {
            return null;
        }

        var connection = await _source.OpenConnectionAsync();
        try
        {
            var last = _last == 0 ? await RegisterAsync(connection) : await SealAsync(connection);
            _connection = connection;
            return last;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a batch and takes all its answers; it is committed when this returns.</summary>
    public async Task ExecuteAsync(long number, MembershipStamp? stamp, List<WriteGroup> groups)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.Command(Begin)
            .Add(_writer, NpgsqlDbType.Uuid)
            .Add(_last, NpgsqlDbType.Bigint)
            .Add(number, NpgsqlDbType.Bigint)
            .Add(stamp?.Cluster ?? "", NpgsqlDbType.Text)
            .Add(stamp?.Silo ?? "", NpgsqlDbType.Text)
            .Add(stamp?.Epoch, NpgsqlDbType.Bigint);
        groups.ForEach(group => group.Kind.AddTo(batch, group.Writes));
        _sent = number;
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            var answer = new BatchAnswer(reader);
            await answer.NextSetAsync();
            foreach (var group in groups)
            {
                await group.Kind.ReadAsync(answer, group.Writes);
            }

            await answer.EndAsync();
        }

        _last = number;
    }

    /// <summary>Asks for what the answers of a committed batch left open.</summary>
    public async Task CompleteAsync(List<WriteGroup> groups)
    {
        foreach (var group in groups)
        {
            await group.Kind.CompleteAsync(_connection!, group.Writes);
        }
    }

    public async ValueTask DropAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            // Not back into the pool: after half a batch, the driver and the server may not agree on what is prepared.
            _source.Clear();
            await connection.CloseAsync();
            await connection.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            try
            {
                await using var forget = new NpgsqlCommand("DELETE FROM storage_writer WHERE id = $1", connection);
                forget.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _writer });
                await forget.ExecuteNonQueryAsync();
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException)
            {
                // A row of a writer that is gone does no harm.
            }

            await DropAsync();
        }
    }

    private async Task<long?> RegisterAsync(NpgsqlConnection connection)
    {
        var first = ETags.Next();
        await using var command = new NpgsqlCommand(Register, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _writer });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        await command.ExecuteNonQueryAsync();
        _last = first;
        return null;
    }

    private async Task<long?> SealAsync(NpgsqlConnection connection)
    {
        // The same number until its own answer came: a repetition does not hide what the first one found.
        _seal = _seal == 0 ? ETags.Next() : _seal;
        await using var command = new NpgsqlCommand(Seal, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _writer });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _seal });
        if (await command.ExecuteScalarAsync() is not long last || (last != _last && last != _sent))
        {
            var replaced = new DatabaseRestoredException("the last write that it acknowledged is not there");
            _guard.Refuse(replaced);
            throw replaced;
        }

        (_last, _sent, _seal) = (_seal, 0, 0);
        return last;
    }
}

/// <summary>The writes of one kind in a batch.</summary>
internal readonly record struct WriteGroup(WriteKind Kind, List<PostgresWrite> Writes)
{
    /// <summary>By kind in the order of locking, each in key order.</summary>
    public static List<WriteGroup> Of(IEnumerable<PostgresWrite> writes)
    {
        var groups = new List<WriteGroup>();
        foreach (var write in writes)
        {
            var group = groups.Find(other => other.Kind == write.Kind);
            if (group.Kind is null)
            {
                group = new WriteGroup(write.Kind, []);
                groups.Add(group);
            }

            group.Writes.Add(write);
        }

        groups.Sort(static (left, right) => left.Kind.Order.CompareTo(right.Kind.Order));
        groups.ForEach(group => group.Kind.Sort(group.Writes));
        return groups;
    }
}
