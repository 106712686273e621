using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Hosting.Statistics;

/// <summary>Samples this silo every few seconds and, in a cluster, tells the others by the shared database.</summary>
internal sealed partial class StatisticsReporter(
    StatisticsSampler sampler, ISiloCounts counts, IServiceProvider services, TimeProvider time, ILogger<StatisticsReporter> logger) : BackgroundService
{
    /// <summary>Short enough to watch a cluster, long enough to cost nothing.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var store = services.GetService<IStatisticsStore>();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var sample = await sampler.SampleAsync(stoppingToken);
                if (store is not null && counts.Self is { } self)
                {
                    await store.TellAsync(self, sample, stoppingToken);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Told again in a moment; an outage of the database is said elsewhere.
                NotTold(logger, failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Statistics were not told: {Reason}")]
    private static partial void NotTold(ILogger logger, string reason);
}
