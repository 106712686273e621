using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Printing;

/// <summary>
/// Deletes contents that outlived every pin: those whose upload was never accepted because a process ended between the two.
/// Every silo does it; whoever comes second finds nothing.
/// </summary>
internal sealed partial class ContentSweep(IFileStore files, IOptions<PrintingOptions> options, TimeProvider time, ILogger<ContentSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private readonly ILogger<ContentSweep> _log = log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                // a pin may be taken for as long, and its content given at the very end of it
                var age = 2 * TimeSpan.FromHours(options.Value.StorageTime);
                var deleted = await files.DeleteOldAsync(time.GetUtcNow() - age, stoppingToken);
                if (deleted > 0)
                {
                    LogDeleted(deleted);
                }
            }
            catch (Exception failure) when (failure is IOException or TimeoutException or UnauthorizedAccessException)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} contents that no pin leads to were deleted.")]
    private partial void LogDeleted(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old contents could not be deleted; tried again in an hour.")]
    private partial void LogFailed(Exception failure);
}
