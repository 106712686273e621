using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Notifications;

/// <summary>Tells at the start what would be found out only when nobody with an iPhone is told anything.</summary>
internal sealed partial class VapidSubjectCheck(IOptions<PushSettings> settings, ILogger<VapidSubjectCheck> log) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Value.Subject is null)
        {
            LogNoSubject(log);
        }
        else if (!VapidSubject.LooksReachable(settings.Value.Subject))
        {
            LogUnreachable(log, settings.Value.Subject);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Push:Subject is not set: Apple's push service refuses what is sent without an address to write to, such as mailto:it@your.domain")]
    private static partial void LogNoSubject(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Push:Subject is {Subject}, which nobody outside can reach: Apple's push service refuses what is sent so")]
    private static partial void LogUnreachable(ILogger log, string subject);
}
