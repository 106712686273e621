using System.Collections.Immutable;
using Actors.Tallying;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The tally log in PostgreSQL.</summary>
internal sealed class PostgresTallyLog : ITallyLog
{
    private const string Page =
        $"SELECT {TallyEventColumns.All}, e.position, e.winner FROM tally_event e "
        + "WHERE e.campaign = (SELECT id FROM tally_campaign WHERE slug = $1) AND e.position > $2 ORDER BY e.position LIMIT $3";
    private const string Last = "SELECT head, received_at FROM tally_reader WHERE uuid = $1";
    private const string Undecided =
        $"SELECT {TallyEventColumns.All}, c.slug FROM tally_event e JOIN tally_campaign c ON c.id = e.campaign "
        + "WHERE e.reader = $1 AND e.position IS NULL ORDER BY e.sequence LIMIT $2";
    private const string Readers = "SELECT DISTINCT reader FROM tally_event WHERE position IS NULL AND received_at < $1 LIMIT $2";

    private const string AddMonths = "SELECT actors_add_tally_month($1), actors_add_tally_month($1 + interval '1 month')";

    private readonly PostgresDatabase _database;
    private readonly TimeProvider _time;
    private int _month;

    public PostgresTallyLog(PostgresDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    public ValueTask<ImmutableArray<LoggedScan>> AppendAsync(ImmutableArray<LoggedScan> rows, CancellationToken cancellationToken)
    {
        TallyRows.CheckAppend(rows.AsSpan());
        return rows.IsEmpty ? ValueTask.FromResult(rows) : AppendToPartsAsync(rows, cancellationToken);
    }

    public ValueTask<PlacedScans> DecideAsync(string campaign, ImmutableArray<DecidedScan> decisions, CancellationToken cancellationToken)
    {
        TallyRows.CheckDecisions(campaign, decisions.AsSpan());
        return _database.WriteAsync(new DecideWrite(campaign, decisions, _time, cancellationToken));
    }

    public ValueTask<EventPage> ReadAsync(string campaign, long after, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        limit = Math.Min(limit, TallyRows.MaxPageSize);
        return _database.ReadAsync(Page, parameters => parameters.With(campaign).With(after).With(limit + 1L), async rows =>
        {
            var events = ImmutableArray.CreateBuilder<TallyEvent>();
            while (events.Count < limit && await rows.ReadAsync(cancellationToken))
            {
                events.Add(TallyEventColumns.ReadEvent(rows));
            }

            var more = events.Count == limit && await rows.ReadAsync(cancellationToken);
            return new EventPage(after, events.Count == 0 ? after : events[^1].Position, more, events.DrainToImmutable());
        }, cancellationToken);
    }

    public ValueTask<(long Sequence, DateTimeOffset? ReceivedAt)> LastAsync(Guid readerId, CancellationToken cancellationToken) =>
        _database.ReadAsync<(long, DateTimeOffset?)>(
            Last,
            parameters => parameters.With(readerId),
            async rows => await rows.ReadAsync(cancellationToken) ? (rows.GetInt64(0), rows.TimeOrNull(1)) : (0, null),
            cancellationToken);

    public ValueTask<ImmutableArray<LoggedScan>> ReadUndecidedAsync(Guid readerId, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        return AllAsync(
            Undecided,
            parameters => parameters.With(readerId).With((long)limit),
            static row => TallyEventColumns.ReadScan(row, row.GetString(TallyEventColumns.Count)),
            cancellationToken);
    }

    public async ValueTask<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var utc = before.UtcDateTime;
        var month = new DateTime(utc.Year, utc.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        while (await CountAsync("SELECT actors_forget_event_ids($1, 5000)", month, cancellationToken) > 0)
        {
            // in steps, so that no transaction is long
        }

        return await CountAsync("SELECT actors_drop_tally_months($1)", month, cancellationToken);
    }

    public async ValueTask<LoggedScan?> FindAsync(Guid eventId, CancellationToken cancellationToken) =>
        (await AllAsync(
            AppendKind.Find,
            parameters => parameters.With<Guid[]>([eventId]),
            static row => TallyEventColumns.ReadScan(row, row.GetString(TallyEventColumns.Count)),
            cancellationToken)).FirstOrDefault();

    public ValueTask<ImmutableArray<Guid>> ReadersWithUndecidedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        return AllAsync(
            Readers,
            parameters => parameters.With(PostgresColumns.Ticks(before)).With((long)limit),
            static row => row.GetGuid(0),
            cancellationToken);
    }

    private ValueTask<long> CountAsync(string sql, DateTime before, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            sql, parameters => parameters.With(before), async rows => await rows.ReadAsync(cancellationToken) ? rows.GetInt64(0) : 0, cancellationToken);

    private async ValueTask<ImmutableArray<LoggedScan>> AppendToPartsAsync(ImmutableArray<LoggedScan> rows, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (Interlocked.Exchange(ref _month, now.Month) != now.Month)
        {
            try
            {
                await _database.WriteSharedAsync(new StatementWrite<bool>(
                    Guid.Empty, (batch, _) => batch.Command(AddMonths).Add(now, NpgsqlDbType.TimestampTz), StatementAnswers.AnyAsync, cancellationToken));
            }
            catch (IOException)
            {
                // The rest takes the rows of a month that has no part.
            }
        }

        return await _database.WriteAsync(new AppendWrite(rows, cancellationToken));
    }

    private ValueTask<ImmutableArray<T>> AllAsync<T>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken) =>
        _database.ReadAsync(sql, bind, async rows =>
        {
            var all = ImmutableArray.CreateBuilder<T>();
            while (await rows.ReadAsync(cancellationToken))
            {
                all.Add(row(rows));
            }

            return all.DrainToImmutable();
        }, cancellationToken);
}
