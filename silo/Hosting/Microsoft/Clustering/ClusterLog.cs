using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Actors.Silo.Hosting.Clustering;

internal static partial class ClusterLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Silo} is active.")]
    public static partial void LogActive(this ILogger logger, SiloAddress silo);
}
