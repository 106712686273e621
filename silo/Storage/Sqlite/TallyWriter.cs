using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>What the tally log does on the writer's thread.</summary>
internal static class TallyWriter
{
    private static readonly Sql s_insert = new(
        "INSERT INTO tally_event (reader, sequence, campaign, type, outcome, event, certificate, time, reader_time, received_at, offset, reader_name, position, related, winner, offline, gate) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) ON CONFLICT (event) DO NOTHING");
    private static readonly Sql s_find = new(
        $"SELECT {TallyColumns.All}, c.slug FROM tally_event e JOIN tally_reader r ON r.id = e.reader JOIN tally_campaign c ON c.id = e.campaign WHERE e.event = ?1");
    private static readonly Sql s_exists = new("SELECT 1 FROM tally_event WHERE event = ?1");
    private static readonly Sql s_decide = new(
        "UPDATE tally_event INDEXED BY tally_event_sequence SET position = ?4, outcome = ?5 WHERE reader = ?1 AND sequence = ?2 AND event = ?3 AND position IS NULL");
    private static readonly Sql s_appended = new("SELECT 1 FROM tally_event WHERE reader = ?1 AND sequence = ?2 AND event = ?3");
    private static readonly Sql s_readerHead = new("SELECT head FROM tally_reader WHERE id = ?1");
    private static readonly Sql s_advanceReader = new(
        "UPDATE tally_reader SET head = ?2, received_at = max(ifnull(received_at, ?3), ?3) WHERE id = ?1");
    private static readonly Sql s_nextReorder = new("UPDATE tally_reader SET reorders = reorders + 1 WHERE id = ?1 RETURNING -reorders");
    private static readonly Sql s_campaignHead = new("SELECT head FROM tally_campaign WHERE id = ?1");
    private static readonly Sql s_advanceCampaign = new("UPDATE tally_campaign SET head = ?2 WHERE id = ?1");

    private static readonly Sql s_window = new("SELECT id, received_at, position FROM tally_event WHERE id > ?1 ORDER BY id LIMIT ?2");
    private static readonly Sql s_forget = new("DELETE FROM tally_event WHERE id = ?1");

    /// <summary>Rows looked at in one step: other writes wait for no more.</summary>
    public const int ForgetStep = 250;

    public static ImmutableArray<LoggedScan> Append(SqliteSession session, ImmutableArray<LoggedScan> rows)
    {
        var reader = TallyNames.Reader(session, rows[0].ReaderId);
        var campaign = TallyNames.Campaign(session, rows[0].Campaign);
        var head = Head(session, session.Ids.ReaderHeads, s_readerHead, reader);
        RefuseTakenSequences(session, rows, head);

        var stored = ImmutableArray.CreateBuilder<LoggedScan>(rows.Length);
        var received = DateTimeOffset.MinValue;
        var last = head;
        foreach (var row in rows)
        {
            if (row.Sequence > head && Insert(session, reader, campaign, row))
            {
                last = row.Sequence;
                received = row.ReceivedAt > received ? row.ReceivedAt : received;
                stored.Add(row);
            }
            else
            {
                stored.Add(Find(session, row.EventId));
            }
        }

        if (last > head)
        {
            session[s_advanceReader].Bind(1, reader).Bind(2, last).Bind(3, received).Run();
            session.Ids.ReaderHeads[reader] = last;
        }

        return stored.MoveToImmutable();
    }

    public static PlacedScans Decide(SqliteSession session, (string Campaign, ImmutableArray<DecidedScan> Decisions, TimeProvider Time) request)
    {
        var campaign = TallyNames.Campaign(session, request.Campaign);
        var after = Head(session, session.Ids.CampaignHeads, s_campaignHead, campaign);
        var head = after;
        var placed = ImmutableArray.CreateBuilder<TallyEvent>(request.Decisions.Length);
        foreach (var (row, displaced) in request.Decisions)
        {
            var reader = TallyNames.Reader(session, row.ReaderId);
            var position = TallyRows.NextPosition(head, request.Time.GetUtcNow());
            if (Decide(session, reader, row, position))
            {
                placed.Add(TallyRows.Placed(row, position));
                head = position;
            }

            if (displaced is { } loser && session[s_exists].Bind(1, TallyRows.ReorderId(loser, row.EventId)).Scalar() is null)
            {
                head = TallyRows.NextPosition(head, request.Time.GetUtcNow());
                var reorder = TallyRows.Reorder(row, loser, head);
                InsertReorder(session, reader, campaign, row, reorder);
                placed.Add(reorder);
            }
        }

        if (head > after)
        {
            session[s_advanceCampaign].Bind(1, campaign).Bind(2, head).Run();
            session.Ids.CampaignHeads[campaign] = head;
        }

        return new PlacedScans(after, placed.DrainToImmutable());
    }

    /// <summary>The stored one, read once; what is undone is forgotten with the rest of the ids.</summary>
    private static long Head(SqliteSession session, Dictionary<long, long> heads, Sql stored, long id)
    {
        if (!heads.TryGetValue(id, out var head))
        {
            head = session[stored].Bind(1, id).Scalar() ?? 0;
            heads.Add(id, head);
        }

        return head;
    }

    // Before anything is written: a repeated append is known by its events, whatever its sequences.
    private static void RefuseTakenSequences(SqliteSession session, ImmutableArray<LoggedScan> rows, long head)
    {
        foreach (var row in rows)
        {
            if (row.Sequence <= head && session[s_exists].Bind(1, row.EventId).Scalar() is null)
            {
                throw TallyRows.SequenceTaken(row);
            }
        }
    }

    private static bool Insert(SqliteSession session, long reader, long campaign, LoggedScan row) =>
        BindRow(session, reader, campaign, row.Sequence, row)
            .Bind(4, (long)row.Type)
            .Bind(6, row.EventId)
            .Bind(13, (long?)null)
            .Bind(14, row.RelatedEventId)
            .Bind(15, (Guid?)null)
            .Run() == 1;

    private static void InsertReorder(SqliteSession session, long reader, long campaign, LoggedScan winner, TallyEvent reorder)
    {
        var sequence = session[s_nextReorder].Bind(1, reader).Scalar()!.Value;
        BindRow(session, reader, campaign, sequence, winner)
            .Bind(4, (long)TallyEventType.Reorder)
            .Bind(6, reorder.EventId)
            .Bind(13, reorder.Position)
            .Bind(14, reorder.RelatedEventId)
            .Bind(15, reorder.WinnerEventId)
            .Run();
    }

    private static SqliteStatement BindRow(SqliteSession session, long reader, long campaign, long sequence, LoggedScan row) =>
        session[s_insert]
            .Bind(1, reader)
            .Bind(2, sequence)
            .Bind(3, campaign)
            .Bind(5, (long)row.Outcome)
            .Bind(7, row.CertificateId)
            .Bind(8, row.Time)
            .Bind(9, row.ReaderTime)
            .Bind(10, row.ReceivedAt)
            .Bind(11, row.Offset.Ticks)
            .Bind(12, row.ReaderName)
            .Bind(16, row.Offline ? 1 : 0)
            .Bind(17, row.Gate);

    /// <summary>Forgets what is old among the next rows, in the order of reception; where to go on, or null at the first that is young.</summary>
    public static (long Forgotten, long? After) Forget(SqliteSession session, (DateTimeOffset Before, long After) request)
    {
        var (old, last, rows) = (new List<long>(), request.After, 0);
        using (var window = session[s_window].Bind(1, request.After).Bind(2, ForgetStep).Query())
        {
            while (window.Next() && window.Time(1) < request.Before)
            {
                last = window.Int64(0);
                rows++;
                if (!window.IsNull(2))
                {
                    old.Add(last);
                }
            }
        }

        foreach (var id in old)
        {
            session[s_forget].Bind(1, id).Run();
        }

        return (old.Count, rows == ForgetStep ? last : null);
    }

    /// <summary>The row of an event, or null.</summary>
    public static LoggedScan? TryFind(SqliteSession session, Guid eventId)
    {
        using var rows = session[s_find].Bind(1, eventId).Query();
        return rows.Next() ? TallyColumns.ReadScan(rows, rows.Text(TallyColumns.Count)) : null;
    }

    private static LoggedScan Find(SqliteSession session, Guid eventId) =>
        TryFind(session, eventId) ?? throw new InvalidOperationException($"Event {eventId:N} is neither new nor known.");

    private static bool Decide(SqliteSession session, long reader, LoggedScan row, long position)
    {
        var decided = session[s_decide]
            .Bind(1, reader)
            .Bind(2, row.Sequence)
            .Bind(3, row.EventId)
            .Bind(4, position)
            .Bind(5, (long)row.Outcome)
            .Run() == 1;
        return decided || session[s_appended].Bind(1, reader).Bind(2, row.Sequence).Bind(3, row.EventId).Scalar() is not null
            ? decided
            : throw TallyRows.NotAppended(row);
    }
}
