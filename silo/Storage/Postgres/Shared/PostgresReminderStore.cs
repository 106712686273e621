using System.Collections.Immutable;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Reminders in PostgreSQL. Every change is a compare-and-set of the row's ETag, so that of the silos that see one due, one rings it.</summary>
internal sealed class PostgresReminderStore : IReminderStore
{
    private const string Columns = "SELECT grain_type, grain_key, name, start_at, period, due_at, attempt_at, etag FROM reminder";
    private const string ByKey = "WHERE grain_type = $1 AND grain_key = $2 AND name = $3";
    private const string Upsert =
        "INSERT INTO reminder (grain_type, grain_key, name, start_at, period, due_at, attempt_at, etag) VALUES ($1, $2, $3, $4, $5, $4, $4, $6) "
        + "ON CONFLICT (grain_type, grain_key, name) DO UPDATE SET start_at = $4, period = $5, due_at = $4, attempt_at = $4, etag = $6 RETURNING 1";
    private const string Delete = $"DELETE FROM reminder {ByKey} RETURNING 1";
    private const string Read = $"{Columns} {ByKey}";
    private const string ReadGrain = $"{Columns} WHERE grain_type = $1 AND grain_key = $2 ORDER BY name";
    private const string ReadDue = $"{Columns} WHERE attempt_at < $1 ORDER BY attempt_at LIMIT $2";
    private const string ReadPage =
        $"{Columns} WHERE (grain_type, grain_key, name) > ($1, $2, $3) ORDER BY grain_type, grain_key, name LIMIT $4";
    // Its own ETag too: an attempt whose answer was lost may be there already.
    private const string Change = $"UPDATE reminder SET due_at = $4, attempt_at = $5, etag = $6 {ByKey} AND etag IN ($7, $6) RETURNING 1";

    private readonly PostgresDatabase _database;

    public PostgresReminderStore(PostgresDatabase database) => _database = database;

    public async ValueTask<ReminderRow> UpsertAsync(ReminderKey key, DateTimeOffset startAt, TimeSpan period, CancellationToken cancellationToken)
    {
        var row = new ReminderRow(key, startAt, period, startAt, startAt, ETags.Format(ETags.Next()));
        await WriteAsync(key, Upsert, command => command.With(startAt).With(period.Ticks).With(ETags.Parse(row.ETag)), cancellationToken);
        return row;
    }

    public ValueTask<bool> DeleteAsync(ReminderKey key, CancellationToken cancellationToken) =>
        WriteAsync(key, Delete, command => command, cancellationToken);

    public ValueTask<ReminderRow?> ReadAsync(ReminderKey key, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            Read,
            parameters => parameters.With(key.GrainType).With(key.GrainKey).With(key.Name),
            async rows => await rows.ReadAsync(cancellationToken) ? Row(rows) : null,
            cancellationToken);

    public ValueTask<ImmutableArray<ReminderRow>> ReadGrainAsync(string grainType, string grainKey, CancellationToken cancellationToken) =>
        _database.ReadAsync(ReadGrain, parameters => parameters.With(grainType).With(grainKey), AllAsync, cancellationToken);

    public ValueTask<ImmutableArray<ReminderRow>> ReadDueAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync(ReadDue, parameters => parameters.With(PostgresColumns.Ticks(before)).With((long)limit), AllAsync, cancellationToken);

    public ValueTask<ImmutableArray<ReminderRow>> ReadPageAsync(ReminderKey? after, int limit, CancellationToken cancellationToken)
    {
        var (type, key, name) = after ?? new ReminderKey("", "", "");
        return _database.ReadAsync(
            ReadPage, parameters => parameters.With(type).With(key).With(name).With((long)limit), AllAsync, cancellationToken);
    }

    public ValueTask<ReminderRow?> ClaimAsync(ReminderRow row, DateTimeOffset until, CancellationToken cancellationToken) =>
        ChangeAsync(row, row with { AttemptAt = until, ETag = ETags.Format(ETags.Next()) }, cancellationToken);

    public async ValueTask<bool> CompleteAsync(ReminderRow claimed, DateTimeOffset nextDue, CancellationToken cancellationToken) =>
        await ChangeAsync(claimed, claimed with { DueAt = nextDue, AttemptAt = nextDue, ETag = ETags.Format(ETags.Next()) }, cancellationToken) is not null;

    private async ValueTask<ReminderRow?> ChangeAsync(ReminderRow row, ReminderRow next, CancellationToken cancellationToken) =>
        await WriteAsync(
            next.Key,
            Change,
            command => command.With(next.DueAt).With(next.AttemptAt).With(ETags.Parse(next.ETag)).With(ETags.Parse(row.ETag)),
            cancellationToken) ? next : null;

    private ValueTask<bool> WriteAsync(
        ReminderKey key, string sql, Func<NpgsqlBatchCommand, NpgsqlBatchCommand> bind, CancellationToken cancellationToken) =>
        _database.WriteAsync(new StatementWrite<bool>(
            StateId.Of(new StateKey($"{key.GrainType}\0{key.Name}", key.GrainKey)),
            (batch, _) => bind(batch.Command(sql).With(key.GrainType).With(key.GrainKey).With(key.Name)),
            StatementAnswers.AnyAsync,
            cancellationToken));

    private static async Task<ImmutableArray<ReminderRow>> AllAsync(NpgsqlDataReader rows)
    {
        var all = ImmutableArray.CreateBuilder<ReminderRow>();
        while (await rows.ReadAsync())
        {
            all.Add(Row(rows));
        }

        return all.DrainToImmutable();
    }

    private static ReminderRow Row(NpgsqlDataReader row) => new(
        new ReminderKey(row.GetString(0), row.GetString(1), row.GetString(2)),
        row.Time(3),
        TimeSpan.FromTicks(row.GetInt64(4)),
        row.Time(5),
        row.Time(6),
        ETags.Format(row.GetInt64(7)));
}
