using Actors.Tallying.Scans;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Tallying;

/// <summary>Scans that are in the log and have no decision yet: they are offered again until they have one.</summary>
internal sealed partial class ReaderGrain
{
    private const int PendingPageSize = 1_000;

    private IGrainTimer? _retry;
    private bool _isRestored;

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

    /// <summary>
    /// Where its log stands and what is undecided in it. A reader comes up without its log, too, and then still learns
    /// from the others; it appends nothing before it knows.
    /// </summary>
    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RestoreNowAsync(cancellationToken).WaitAsync(_options.CallTimeout, _time, cancellationToken);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            LogNotRestored(e, new Masked(_id));
            OfferAgainAfter(_options.RetryInterval);
        }
    }

    private async Task RestoreNowAsync(CancellationToken cancellationToken)
    {
        await ReadHeadAsync(cancellationToken);
        if (!(await _tallyLog.ReadUndecidedAsync(_id, 1, cancellationToken)).IsEmpty)
        {
            OfferAgainAfter(TimeSpan.Zero);
        }
    }

    private async Task ReadHeadAsync(CancellationToken cancellationToken)
    {
        var (sequence, received) = await _tallyLog.LastAsync(_id, cancellationToken);
        if (!_isRestored)
        {
            (_sequence, _isRestored) = (sequence, true);
            _floor = new SyncFloor(received, _options.SyncSpan);
        }
    }

    private void OfferAgainAfter(TimeSpan delay) =>
        _retry ??= this.RegisterGrainTimer(OfferPendingAsync, delay, _options.RetryInterval);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log could not be read; reader {Reader} answers by what it has heard.")]
    private partial void LogServedWithoutLog(Exception error, Masked reader);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reader {Reader} came up without its log, which could not be read.")]
    private partial void LogNotRestored(Exception error, Masked reader);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reader {Reader} offered {Count} undecided scans again; {Decided} are decided.")]
    private partial void LogOffered(Masked reader, int count, int decided);
}
