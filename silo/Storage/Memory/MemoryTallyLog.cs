using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Silo.Storage.Memory;

/// <summary>A tally log that lives as long as the process: for tests.</summary>
internal sealed class MemoryTallyLog : ITallyLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Entry> _byEvent = [];
    private readonly Dictionary<Guid, List<Entry>> _readers = [];
    private readonly Dictionary<string, List<TallyEvent>> _campaigns = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public MemoryTallyLog(TimeProvider time) => _time = time;

    public ValueTask<ImmutableArray<LoggedScan>> AppendAsync(ImmutableArray<LoggedScan> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TallyRows.CheckAppend(rows.AsSpan());
        if (rows.IsEmpty)
        {
            return ValueTask.FromResult(rows);
        }

        lock (_lock)
        {
            var own = OwnRows(rows[0].ReaderId);
            var last = own.Count == 0 ? 0 : own[^1].Row.Sequence;
            foreach (var row in rows)
            {
                if (row.Sequence <= last && !_byEvent.ContainsKey(row.EventId))
                {
                    throw TallyRows.SequenceTaken(row);
                }
            }

            var stored = ImmutableArray.CreateBuilder<LoggedScan>(rows.Length);
            foreach (var row in rows)
            {
                if (!_byEvent.TryGetValue(row.EventId, out var entry))
                {
                    entry = new Entry(row);
                    _byEvent.Add(row.EventId, entry);
                    own.Add(entry);
                }

                stored.Add(entry.Row);
            }

            return ValueTask.FromResult(stored.MoveToImmutable());
        }
    }

    public ValueTask<PlacedScans> DecideAsync(string campaign, ImmutableArray<DecidedScan> decisions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TallyRows.CheckDecisions(campaign, decisions.AsSpan());
        lock (_lock)
        {
            foreach (var decision in decisions)
            {
                if (Find(decision.Row) is null)
                {
                    throw TallyRows.NotAppended(decision.Row);
                }
            }

            var order = Order(campaign);
            var first = order.Count;
            foreach (var decision in decisions)
            {
                Decide(order, decision);
            }

            var after = first == 0 ? 0 : order[first - 1].Position;
            return ValueTask.FromResult(new PlacedScans(after, [.. order.Skip(first)]));
        }
    }

    public ValueTask<EventPage> ReadAsync(string campaign, long after, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var rest = Order(campaign).Where(e => e.Position > after).Take(Math.Min(limit, TallyRows.MaxPageSize) + 1).ToImmutableArray();
            var more = rest.Length > Math.Min(limit, TallyRows.MaxPageSize);
            var events = more ? rest[..^1] : rest;
            return ValueTask.FromResult(new EventPage(after, events.IsEmpty ? after : events[^1].Position, more, events));
        }
    }

    public ValueTask<(long Sequence, DateTimeOffset? ReceivedAt)> LastAsync(Guid readerId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var own = OwnRows(readerId);
            return ValueTask.FromResult<(long, DateTimeOffset?)>(
                own.Count == 0 ? (0, null) : (own[^1].Row.Sequence, own.Max(e => e.Row.ReceivedAt)));
        }
    }

    public ValueTask<ImmutableArray<LoggedScan>> ReadUndecidedAsync(Guid readerId, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(OwnRows(readerId).Where(e => !e.Decided).Take(limit).Select(e => e.Row).ToImmutableArray());
        }
    }

    public ValueTask<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var old = _byEvent.Values.Where(entry => entry.Decided && entry.Row.ReceivedAt < before).ToHashSet();
            foreach (var entry in old)
            {
                _byEvent.Remove(entry.Row.EventId);
            }

            // a reader's last row stays: it knows the sequence
            foreach (var own in _readers.Values.Where(own => own.Count > 0))
            {
                var last = own[^1];
                own.RemoveAll(entry => entry != last && old.Contains(entry));
            }

            foreach (var order in _campaigns.Values)
            {
                order.RemoveAll(tallied => tallied.ReceivedAt < before);
            }

            return ValueTask.FromResult((long)old.Count);
        }
    }

    public ValueTask<LoggedScan?> FindAsync(Guid eventId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_byEvent.GetValueOrDefault(eventId)?.Row);
        }
    }

    public ValueTask<ImmutableArray<Guid>> ReadersWithUndecidedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_readers
                .Where(reader => reader.Value.Exists(e => !e.Decided && e.Row.ReceivedAt < before))
                .Select(reader => reader.Key)
                .Take(limit)
                .ToImmutableArray());
        }
    }

    private void Decide(List<TallyEvent> order, DecidedScan decision)
    {
        var entry = Find(decision.Row)!;
        if (!entry.Decided)
        {
            entry.Row = entry.Row with { Outcome = decision.Row.Outcome };
            entry.Decided = true;
            order.Add(TallyRows.Placed(entry.Row, NextPosition(order)));
        }

        if (decision.Displaced is { } displaced && !_byEvent.ContainsKey(TallyRows.ReorderId(displaced, entry.Row.EventId)))
        {
            var reorder = TallyRows.Reorder(entry.Row, displaced, NextPosition(order));
            order.Add(reorder);
            _byEvent.Add(reorder.EventId, new Entry(entry.Row with { EventId = reorder.EventId, Type = TallyEventType.Reorder }) { Decided = true });
        }
    }

    private long NextPosition(List<TallyEvent> order) =>
        TallyRows.NextPosition(order.Count == 0 ? 0 : order[^1].Position, _time.GetUtcNow());

    private Entry? Find(LoggedScan row) =>
        _byEvent.TryGetValue(row.EventId, out var entry) && entry.Row.ReaderId == row.ReaderId && entry.Row.Sequence == row.Sequence ? entry : null;

    private List<Entry> OwnRows(Guid reader) =>
        _readers.TryGetValue(reader, out var rows) ? rows : _readers[reader] = [];

    private List<TallyEvent> Order(string campaign) =>
        _campaigns.TryGetValue(campaign, out var order) ? order : _campaigns[campaign] = [];

    private sealed class Entry(LoggedScan row)
    {
        public LoggedScan Row { get; set; } = row;

        public bool Decided { get; set; }
    }
}
