using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Bench.Storage;

/// <summary>Scans of readers, each caller a reader of its own.</summary>
internal sealed class LogLoad
{
    public const string Campaign = "bench";

    private readonly ITallyLog _log;
    private readonly int _rows;
    private readonly Guid[] _readers;
    private readonly long[] _sequences;

    public LogLoad(ITallyLog log, int readers, int rows)
    {
        _log = log;
        _rows = rows;
        _readers = [.. Enumerable.Range(0, readers).Select(_ => Guid.NewGuid())];
        _sequences = new long[readers];
    }

    public async Task AppendAsync(int caller) => await _log.AppendAsync(Next(caller), CancellationToken.None);

    public async Task AppendAndDecideAsync(int caller)
    {
        var rows = await _log.AppendAsync(Next(caller), CancellationToken.None);
        var decisions = rows.Select(row => new DecidedScan(row with { Outcome = ScanOutcome.First }, Displaced: null)).ToImmutableArray();
        await _log.DecideAsync(Campaign, decisions, CancellationToken.None);
    }

    private ImmutableArray<LoggedScan> Next(int caller)
    {
        var now = TimeProvider.System.GetUtcNow();
        var rows = ImmutableArray.CreateBuilder<LoggedScan>(_rows);
        for (var i = 0; i < _rows; i++)
        {
            rows.Add(new LoggedScan(
                _readers[caller], ++_sequences[caller], Campaign, "Porte 1", Guid.NewGuid(), Guid.NewGuid(), now, now, now, TimeSpan.Zero, ScanOutcome.Unconfirmed));
        }

        return rows.MoveToImmutable();
    }
}
