using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Engine.Tests.Storage;

/// <summary>Rows for the log of one reader: scans, and exits with all that a row can say.</summary>
internal sealed class Scans
{
    private readonly DateTimeOffset _start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private long _sequence;

    public Guid ReaderId { get; } = Guid.NewGuid();

    public string Campaign { get; init; } = "expo";

    public LoggedScan Next(Guid? eventId = null)
    {
        var sequence = ++_sequence;
        var isExit = sequence % 2 == 0;
        return new LoggedScan(
            ReaderId,
            sequence,
            Campaign,
            "Porte 1 – entrée",
            eventId ?? Guid.NewGuid(),
            Guid.NewGuid(),
            _start.AddSeconds(sequence).AddTicks(7),
            _start.AddSeconds(sequence + 3).AddTicks(1),
            _start.AddSeconds(sequence + 60).AddTicks(3),
            TimeSpan.FromTicks(-30_000_001),
            ScanOutcome.Unconfirmed,
            isExit ? TallyEventType.Exit : TallyEventType.Seen,
            Offline: isExit,
            isExit ? "Entrée été" : null,
            isExit ? Guid.NewGuid() : null);
    }

    public ImmutableArray<LoggedScan> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    public static DecidedScan Decide(LoggedScan row, ScanOutcome outcome = ScanOutcome.First, Guid? displaced = null) =>
        new(row with { Outcome = outcome }, displaced);

    public static ImmutableArray<DecidedScan> Decide(IEnumerable<LoggedScan> rows) => [.. rows.Select(row => Decide(row))];
}
