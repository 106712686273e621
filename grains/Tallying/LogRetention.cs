using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Tallying;

/// <summary>Forgets the log's old rows, hour by hour; certificates keep their first scans and campaigns their counts.</summary>
internal sealed partial class LogRetention(
    ITallyLog tallyLog,
    TimeProvider time,
    IOptions<TallyingOptions> options,
    ILogger<LogRetention> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly ILogger<LogRetention> _log = log;

    /// <summary>One round.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var forgotten = await tallyLog.ForgetAsync(time.GetUtcNow() - options.Value.LogRetention, cancellationToken);
            if (forgotten > 0)
            {
                LogForgotten(forgotten, options.Value.LogRetention);
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ForgetAsync(stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Forgot {Count} events that were received more than {Retention} ago (Tally:LogRetention).")]
    private partial void LogForgotten(long count, TimeSpan retention);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events could not be forgotten; the next round will.")]
    private partial void LogFailed(Exception error);
}
