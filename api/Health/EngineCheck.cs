using Actors.Tallying;
using Orleans;

namespace Actors.Api.Health;

/// <summary>The engine answers: one real call of a grain that has nothing to do.</summary>
internal sealed partial class EngineCheck(IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EngineCheck> logger) : IReadinessCheck
{
    private static readonly CampaignKey Nobody = new("readyz");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "engine";

    public async ValueTask<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "The process is stopping.";
        }

        try
        {
            await grains.GetCampaignGrain(Nobody).GetAsync().WaitAsync(Patience, time, cancellationToken);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NoAnswer(logger, failure);
            return "Grains do not answer.";
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "A grain that has nothing to do did not answer")]
    private static partial void NoAnswer(ILogger logger, Exception failure);
}
