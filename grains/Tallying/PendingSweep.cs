using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Tallying;

/// <summary>
/// Wakes readers that have undecided scans and nobody who asks for them: after a crash between the log row and its
/// decision, no page may ever come back to activate the reader.
/// </summary>
internal sealed partial class PendingSweep(
    IGrainFactory grains,
    ITallyLog tallyLog,
    TimeProvider time,
    IOptions<TallyingOptions> options,
    ILogger<PendingSweep> log) : BackgroundService
{
    private const int MaxReaders = 100;

    private readonly ILogger<PendingSweep> _log = log;

    /// <summary>One round.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = time.GetUtcNow() - options.Value.SweepInterval;
            foreach (var reader in await tallyLog.ReadersWithUndecidedAsync(before, MaxReaders, cancellationToken))
            {
                await grains.GetReaderGrain(new ReaderKey(reader)).OfferPendingAsync().WaitAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SweepAsync(stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Undecided scans could not be looked for; the next round will.")]
    private partial void LogFailed(Exception error);
}
