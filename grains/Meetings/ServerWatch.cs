using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Meetings;

/// <summary>Keeps the grains of the servers in memory, so that each is asked whether or not somebody looks.</summary>
internal sealed partial class ServerWatch(IGrainFactory grains, IOptions<MeetingOptions> options, TimeProvider time, ILogger<ServerWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly ILogger<ServerWatch> _log = log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (options.Value.Servers.Count > 0 && await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var name in options.Value.Servers.Keys)
            {
                try
                {
                    await grains.GetBbbServerGrain(new BbbServerKey(name)).GetStatusAsync();
                }
                catch (Exception failure) when (failure is TimeoutException or OrleansException)
                {
                    LogFailed(failure, name);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server} is not watched at the moment.")]
    private partial void LogFailed(Exception failure, string server);
}
