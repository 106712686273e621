using Microsoft.Extensions.Logging;

namespace Actors.Silo.Storage;

/// <summary>What the last batch says about the storage.</summary>
internal sealed partial class StorageHealth
{
    private readonly ILogger _logger;
    private volatile string? _problem;

    public StorageHealth(ILogger logger) => _logger = logger;

    public string? Problem => _problem;

    public void Report(string? problem)
    {
        if (problem is null && _problem is not null)
        {
            LogHealthy();
        }
        else if (problem is not null && _problem is null)
        {
            LogUnhealthy(problem);
        }

        _problem = problem;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage takes no writes: {Problem}")]
    private partial void LogUnhealthy(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The storage takes writes again")]
    private partial void LogHealthy();
}
