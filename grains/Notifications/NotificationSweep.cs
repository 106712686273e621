using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Notifications;

/// <summary>Finds what a process that ended left behind, or what is due later than its grain lives; counts what waits; deletes what is old.</summary>
internal sealed partial class NotificationSweep(
    IGrainFactory grains,
    INotificationStore notifications,
    IMessageStore messages,
    IDeliveryStore deliveries,
    PushInstruments instruments,
    IOptions<PushOptions> options,
    TimeProvider time,
    ILogger<NotificationSweep> log) : BackgroundService
{
    private const int MaxFound = 100;
    private const int DeleteBatch = 1_000;
    private static readonly TimeSpan BetweenDeletions = TimeSpan.FromHours(1);

    private readonly PushOptions _options = options.Value;
    private readonly ILogger<NotificationSweep> _log = log;
    private DateTimeOffset _nextDeletion;

    /// <summary>One round.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            // what fails here is told: nobody else hears of a queue that cannot even be woken
            foreach (var message in await messages.UnfinishedAsync(now, MaxFound, cancellationToken))
            {
                await grains.GetMessageGrain(new MessageKey(message)).WakeAsync().WaitAsync(cancellationToken);
            }

            var queues = await deliveries.QueuesAsync(now, MaxFound, cancellationToken);
            await Task.WhenAll(queues.Select(queue => grains.GetPushQueueGrain(queue).WakeAsync())).WaitAsync(cancellationToken);
            instruments.Queued(await deliveries.LengthsAsync(MaxFound, cancellationToken));
            if (now >= _nextDeletion)
            {
                _nextDeletion = now + BetweenDeletions;
                await DeleteAsync(now, cancellationToken);
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SweepAsync(stoppingToken);
        }
    }

    /// <summary>Deliveries before their notifications, and those before their messages, which hold what they say.</summary>
    private async Task DeleteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await deliveries.DeleteAsync(now - _options.KeepDeliveries, DeleteBatch, cancellationToken) == DeleteBatch)
        {
        }

        while (await notifications.DeleteAsync(now - _options.KeepNotifications, DeleteBatch, cancellationToken) == DeleteBatch)
        {
        }

        while (await messages.DeleteAsync(now - _options.KeepNotifications, DeleteBatch, cancellationToken) == DeleteBatch)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications that are due could not be looked for; the next round will.")]
    private partial void LogFailed(Exception error);
}
