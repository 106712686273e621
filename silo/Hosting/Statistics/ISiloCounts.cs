namespace Actors.Silo.Hosting.Statistics;

/// <summary>What the engine counts of the grains in this process.</summary>
internal interface ISiloCounts
{
    /// <summary>This silo's name and life in its cluster; null while it has none.</summary>
    SiloLife? Self { get; }

    /// <summary>The grains by type, those that were never in memory too.</summary>
    ValueTask<IReadOnlyList<GrainCount>> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A silo in one of its lives.</summary>
/// <param name="Silo">Its name in the cluster.</param>
/// <param name="Epoch">Which life of it.</param>
public readonly record struct SiloLife(string Silo, long Epoch);
