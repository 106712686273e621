using System.Collections.Immutable;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Reminders in the embedded database.</summary>
internal sealed class SqliteReminderStore : IReminderStore
{
    private const string Columns = "SELECT grain_type, grain_key, name, start_at, period, due_at, attempt_at, etag FROM reminder";
    private const string ByKey = "WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3";

    private static readonly Sql s_upsert = new(
        "INSERT INTO reminder (grain_type, grain_key, name, start_at, period, due_at, attempt_at, etag) VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?4, ?6) "
        + "ON CONFLICT DO UPDATE SET start_at = ?4, period = ?5, due_at = ?4, attempt_at = ?4, etag = ?6");
    private static readonly Sql s_delete = new($"DELETE FROM reminder {ByKey}");
    private static readonly Sql s_read = new($"{Columns} {ByKey}");
    private static readonly Sql s_readGrain = new($"{Columns} WHERE grain_type = ?1 AND grain_key = ?2 ORDER BY name");
    private static readonly Sql s_readDue = new($"{Columns} WHERE attempt_at < ?1 ORDER BY attempt_at LIMIT ?2");
    private static readonly Sql s_readPage = new(
        $"{Columns} WHERE (grain_type, grain_key, name) > (?1, ?2, ?3) ORDER BY grain_type, grain_key, name LIMIT ?4");
    private static readonly Sql s_change = new($"UPDATE reminder SET due_at = ?4, attempt_at = ?5, etag = ?6 {ByKey} AND etag = ?7");

    private readonly SqliteDatabase _database;

    public SqliteReminderStore(SqliteDatabase database) => _database = database;

    public ValueTask<ReminderRow> UpsertAsync(ReminderKey key, DateTimeOffset startAt, TimeSpan period, CancellationToken cancellationToken) =>
        _database.WriteAsync(new ReminderRow(key, startAt, period, startAt, startAt, NewETag()), static (session, row) =>
        {
            BindKey(session[s_upsert], row.Key).Bind(4, row.StartAt).Bind(5, row.Period.Ticks).Bind(6, ETags.Parse(row.ETag)).Run();
            return row;
        }, cancellationToken);

    public ValueTask<bool> DeleteAsync(ReminderKey key, CancellationToken cancellationToken) =>
        _database.WriteAsync(key, static (session, key) => BindKey(session[s_delete], key).Run() == 1, cancellationToken);

    public ValueTask<ReminderRow?> ReadAsync(ReminderKey key, CancellationToken cancellationToken) =>
        _database.ReadAsync(key, static (session, key) =>
        {
            using var rows = BindKey(session[s_read], key).Query();
            return rows.Next() ? Row(rows) : null;
        }, cancellationToken);

    public ValueTask<ImmutableArray<ReminderRow>> ReadGrainAsync(string grainType, string grainKey, CancellationToken cancellationToken) =>
        _database.ReadAsync((grainType, grainKey), static (session, grain) =>
            All(session[s_readGrain].Bind(1, grain.grainType).Bind(2, grain.grainKey)), cancellationToken);

    public ValueTask<ImmutableArray<ReminderRow>> ReadDueAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync((before, limit), static (session, due) =>
            All(session[s_readDue].Bind(1, due.before).Bind(2, due.limit)), cancellationToken);

    public ValueTask<ImmutableArray<ReminderRow>> ReadPageAsync(ReminderKey? after, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync((after: after ?? new ReminderKey("", "", ""), limit), static (session, page) =>
            All(BindKey(session[s_readPage], page.after).Bind(4, page.limit)), cancellationToken);

    public ValueTask<ReminderRow?> ClaimAsync(ReminderRow row, DateTimeOffset until, CancellationToken cancellationToken) =>
        ChangeAsync(row, row with { AttemptAt = until, ETag = NewETag() }, cancellationToken);

    public async ValueTask<bool> CompleteAsync(ReminderRow claimed, DateTimeOffset nextDue, CancellationToken cancellationToken) =>
        await ChangeAsync(claimed, claimed with { DueAt = nextDue, AttemptAt = nextDue, ETag = NewETag() }, cancellationToken) is not null;

    private ValueTask<ReminderRow?> ChangeAsync(ReminderRow row, ReminderRow next, CancellationToken cancellationToken) =>
        _database.WriteAsync((row, next), static (session, change) =>
            BindKey(session[s_change], change.next.Key)
                .Bind(4, change.next.DueAt)
                .Bind(5, change.next.AttemptAt)
                .Bind(6, ETags.Parse(change.next.ETag))
                .Bind(7, ETags.Parse(change.row.ETag))
                .Run() == 1 ? change.next : null, cancellationToken);

    private static SqliteStatement BindKey(SqliteStatement statement, ReminderKey key) =>
        statement.Bind(1, key.GrainType).Bind(2, key.GrainKey).Bind(3, key.Name);

    private static ImmutableArray<ReminderRow> All(SqliteStatement statement)
    {
        var all = ImmutableArray.CreateBuilder<ReminderRow>();
        using var rows = statement.Query();
        while (rows.Next())
        {
            all.Add(Row(rows));
        }

        return all.DrainToImmutable();
    }

    private static ReminderRow Row(SqliteRows rows) => new(
        new ReminderKey(rows.Text(0), rows.Text(1), rows.Text(2)),
        rows.Time(3),
        TimeSpan.FromTicks(rows.Int64(4)),
        rows.Time(5),
        rows.Time(6),
        ETags.Format(rows.Int64(7)));

    private static string NewETag() => ETags.Format(ETags.Next());
}
