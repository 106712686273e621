namespace Actors.Silo.Hosting.Statistics;

/// <summary>The silos of a cluster, for operators.</summary>
/// <param name="Cluster">The cluster's name; null for a process that is alone.</param>
/// <param name="View">The version of the view; 0 for a process that is alone.</param>
/// <param name="Silos">All that are not dead, by name.</param>
public sealed record ClusterOverview(string? Cluster, long View, IReadOnlyList<SiloOverview> Silos);

/// <summary>A silo as the shared database knows it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Epoch">Which life of it, in hexadecimal digits.</param>
/// <param name="Endpoint">Where others reach it; null for a process that is alone.</param>
/// <param name="State">joining, active or leaving.</param>
/// <param name="LeaseAge">Seconds since it renewed its lease; null for a process that is alone.</param>
/// <param name="LeaseLeft">Seconds that its lease still lasts; null for a process that is alone.</param>
/// <param name="Doubt">Why it may have to go: expired, suspected or outvoted; null when nobody doubts.</param>
/// <param name="Statistics">What it told last; null when it has not told anything yet.</param>
/// <param name="StatisticsAge">Seconds since then.</param>
public sealed record SiloOverview(
    string Id, string Epoch, string? Endpoint, string State, double? LeaseAge, double? LeaseLeft, string? Doubt,
    SiloStatistics? Statistics, double? StatisticsAge);

/// <summary>Looks at the whole cluster; in a process that is alone, at itself.</summary>
internal interface IClusterOverview
{
    /// <exception cref="IOException">The shared database cannot be asked.</exception>
    ValueTask<ClusterOverview> ReadAsync(CancellationToken cancellationToken);
}
