using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>Waits for the first silo, however long it takes; Orleans would give up.</summary>
internal sealed partial class ConnectionPatience(ILogger<ConnectionPatience> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private bool _isTold;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_isTold)
        {
            _isTold = true;
            Waiting(logger, exception.Message);
        }

        await Task.Delay(s_pause, TimeProvider.System, cancellationToken);
        return true;
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "No silo takes calls yet, so this process waits: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
