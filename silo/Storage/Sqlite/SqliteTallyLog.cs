using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The tally log in the embedded database: what it answers. What it writes is in <see cref="TallyWriter"/>.</summary>
internal sealed class SqliteTallyLog : ITallyLog
{
    private static readonly Sql s_page = new(
        $"SELECT {TallyColumns.All}, e.position, e.winner FROM tally_event e CROSS JOIN tally_reader r ON r.id = e.reader "
        + "WHERE e.campaign = (SELECT id FROM tally_campaign WHERE slug = ?1) AND e.position > ?2 ORDER BY e.position LIMIT ?3");
    private static readonly Sql s_last = new("SELECT head, received_at FROM tally_reader WHERE uuid = ?1");
    private static readonly Sql s_undecided = new(
        $"SELECT {TallyColumns.All}, c.slug FROM tally_reader r CROSS JOIN tally_event e INDEXED BY tally_event_undecided ON e.reader = r.id "
        + "JOIN tally_campaign c ON c.id = e.campaign WHERE r.uuid = ?1 AND e.position IS NULL ORDER BY e.sequence LIMIT ?2");
    private static readonly Sql s_readers = new(
        "SELECT r.uuid FROM (SELECT DISTINCT reader FROM tally_event INDEXED BY tally_event_undecided "
        + "WHERE position IS NULL AND received_at < ?1 LIMIT ?2) e JOIN tally_reader r ON r.id = e.reader");

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;

    public SqliteTallyLog(SqliteDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    public ValueTask<ImmutableArray<LoggedScan>> AppendAsync(ImmutableArray<LoggedScan> rows, CancellationToken cancellationToken)
    {
        TallyRows.CheckAppend(rows.AsSpan());
        return rows.IsEmpty
            ? ValueTask.FromResult(rows)
            : _database.WriteAsync(rows, TallyWriter.Append, cancellationToken, rows.Length);
    }

    public ValueTask<PlacedScans> DecideAsync(string campaign, ImmutableArray<DecidedScan> decisions, CancellationToken cancellationToken)
    {
        TallyRows.CheckDecisions(campaign, decisions.AsSpan());
        return _database.WriteAsync((campaign, decisions, _time), TallyWriter.Decide, cancellationToken, decisions.Length);
    }

    public ValueTask<EventPage> ReadAsync(string campaign, long after, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        return _database.ReadAsync((campaign, after, limit: Math.Min(limit, TallyRows.MaxPageSize)), static (session, page) =>
        {
            var events = ImmutableArray.CreateBuilder<TallyEvent>();
            using var rows = session[s_page].Bind(1, page.campaign).Bind(2, page.after).Bind(3, page.limit + 1).Query();
            while (events.Count < page.limit && rows.Next())
            {
                events.Add(TallyColumns.ReadEvent(rows));
            }

            var more = events.Count == page.limit && rows.Next();
            return new EventPage(page.after, events.Count == 0 ? page.after : events[^1].Position, more, events.DrainToImmutable());
        }, cancellationToken);
    }

    public ValueTask<(long Sequence, DateTimeOffset? ReceivedAt)> LastAsync(Guid readerId, CancellationToken cancellationToken) =>
        _database.ReadAsync(readerId, static (session, readerId) =>
        {
            using var rows = session[s_last].Bind(1, readerId).Query();
            return rows.Next() ? (rows.Int64(0), rows.TimeOrNull(1)) : (0, null);
        }, cancellationToken);

    public ValueTask<ImmutableArray<LoggedScan>> ReadUndecidedAsync(Guid readerId, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        return _database.ReadAsync((readerId, limit), static (session, query) =>
        {
            var undecided = ImmutableArray.CreateBuilder<LoggedScan>();
            using var rows = session[s_undecided].Bind(1, query.readerId).Bind(2, query.limit).Query();
            while (rows.Next())
            {
                undecided.Add(TallyColumns.ReadScan(rows, rows.Text(TallyColumns.Count)));
            }

            return undecided.DrainToImmutable();
        }, cancellationToken);
    }

    public async ValueTask<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (forgotten, after) = (0L, 0L);
        while (true)
        {
            var step = await _database.WriteAsync((before, after), TallyWriter.Forget, cancellationToken, rows: TallyWriter.ForgetStep);
            forgotten += step.Forgotten;
            if (step.After is not { } next)
            {
                return forgotten;
            }

            after = next;
        }
    }

    public ValueTask<LoggedScan?> FindAsync(Guid eventId, CancellationToken cancellationToken) =>
        _database.ReadAsync(eventId, static (session, eventId) => TallyWriter.TryFind(session, eventId), cancellationToken);

    public ValueTask<ImmutableArray<Guid>> ReadersWithUndecidedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        return _database.ReadAsync((before, limit), static (session, query) =>
        {
            var readers = ImmutableArray.CreateBuilder<Guid>();
            using var rows = session[s_readers].Bind(1, query.before).Bind(2, query.limit).Query();
            while (rows.Next())
            {
                readers.Add(rows.Guid(0));
            }

            return readers.DrainToImmutable();
        }, cancellationToken);
    }
}
