using Actors.Silo.Hosting.Statistics;

namespace Actors.Silo.Storage;

/// <summary>What the silos of a cluster tell of themselves.</summary>
public interface IStatisticsStore
{
    /// <summary>Replaces what this silo told before.</summary>
    ValueTask TellAsync(SiloLife silo, SiloStatistics statistics, CancellationToken cancellationToken);

    /// <summary>What the silos of the cluster told last, those that are gone too, with the time since then.</summary>
    ValueTask<IReadOnlyList<ToldStatistics>> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>What a silo told, and how long ago by the database's clock.</summary>
/// <param name="Silo">Who.</param>
/// <param name="Statistics">What it told.</param>
/// <param name="Age">How long ago.</param>
public sealed record ToldStatistics(SiloLife Silo, SiloStatistics Statistics, TimeSpan Age);
