using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Tallying;

/// <summary>Scans that are in the log and have no decision yet: they are offered again until they have one.</summary>
internal sealed partial class ReaderGrain
{
    private const int PendingPageSize = 1_000;

    private IGrainTimer? _retry;

    public async Task OfferPendingAsync()
    {
        if (_reader is not { } reader)
        {
            return;
        }

        var rows = await _tallyLog.ReadUndecidedAsync(_id, PendingPageSize, CancellationToken.None);
        _retry?.Dispose();
        _retry = null;
        if (rows.IsEmpty)
        {
            return;
        }

        var results = await DecideAsync(reader, rows);
        var decided = results.Values.Count(result => result.Outcome != ScanOutcome.Unconfirmed);
        LogOffered(new Masked(_id), rows.Length, decided);
        if (rows.Length == PendingPageSize && decided > 0)
        {
            OfferAgainAfter(TimeSpan.Zero);
        }
    }

    private void OfferAgainAfter(TimeSpan delay) =>
        _retry ??= this.RegisterGrainTimer(OfferPendingAsync, delay, _options.RetryInterval);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reader {Reader} offered {Count} undecided scans again; {Decided} are decided.")]
    private partial void LogOffered(Masked reader, int count, int decided);
}
