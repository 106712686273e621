using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>
/// Remembers whose database this is and how far it had come, and refuses every new connection to one that is another or
/// further back: its writes would be built on what is no longer stored.
/// </summary>
/// <param name="armsItself">Whether the first connection is what the others are compared with; otherwise <see cref="Arm"/> says when to begin.</param>
/// <param name="replaced">Called when it has found that out, each time.</param>
internal sealed class GenerationGuard(bool armsItself = false, Action<DatabaseRestoredException>? replaced = null) : IDisposable
{
    // Flushed, because a crash may take back what was only inserted into the log.
    private const string Query =
        "SELECT g.id, g.counter, (SELECT system_identifier FROM pg_control_system()), "
        + "left(pg_walfile_name(pg_current_wal_flush_lsn()), 8), (pg_current_wal_flush_lsn() - '0/0')::bigint FROM storage_generation g";

    // One look at a time: two answers that cross would look like a step back.
    private readonly SemaphoreSlim _turn = new(1);
    private Seen? _seen;
    private volatile DatabaseRestoredException? _replaced;

    /// <summary>Looks at the database for the first time.</summary>
    public void Arm(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Query, connection);
        using var row = command.ExecuteReader();
        row.Read();
        _seen = Read(row);
    }

    public async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken = default)
    {
        ThrowIfReplaced();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_seen is not null || armsItself)
            {
                Compare(await LookAsync(connection, cancellationToken));
            }
        }
        catch (DatabaseRestoredException why)
        {
            // For good: a moment later its log may have grown past the place.
            Refuse(why);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<Seen> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(Query, connection);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? Read(row) : throw new DatabaseRestoredException("its tables are empty");
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new DatabaseRestoredException("its tables are gone", missing);
        }
    }

    /// <summary>Nothing is read or written any more.</summary>
    public void Refuse(DatabaseRestoredException why)
    {
        _replaced = why;
        replaced?.Invoke(why);
    }

    public void ThrowIfReplaced()
    {
        if (_replaced is { } why)
        {
            throw new DatabaseRestoredException("see the first failure", why);
        }
    }

    public void Dispose() => _turn.Dispose();

    private static Seen Read(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4));

    private void Compare(Seen now)
    {
        var before = _seen ?? now;
        if (now.Id != before.Id)
        {
            throw new DatabaseRestoredException("it is another database");
        }

        if (now.Counter < before.Counter)
        {
            throw new DatabaseRestoredException($"its generation is {now.Counter}, and {before.Counter} was seen before");
        }

        var sameLog = now.System == before.System && now.Timeline == before.Timeline;
        if (sameLog && now.Flushed < before.Flushed)
        {
            throw new DatabaseRestoredException("its log ends before a place that was seen before");
        }

        _seen = now;
    }

    private sealed record Seen(Guid Id, long Counter, long System, string Timeline, long Flushed);
}
