using Actors.Silo.Settings;

namespace Actors.Silo.Hosting;

/// <summary>What a process is in its cluster.</summary>
/// <param name="Options">The settings of the cluster.</param>
/// <param name="Database">The connection string of the database that the cluster shares.</param>
/// <param name="HoldsGrains">Whether it is a silo; one that is not only calls.</param>
public sealed record ClusterPart(ClusterOptions Options, string Database, bool HoldsGrains)
{
    /// <summary>The connection string of the Redis that knows the members, where the microsoft engine uses one.</summary>
    public string? Redis { get; init; }

    /// <summary>Where the microsoft engine keeps its membership.</summary>
    internal ClusterProvider Provider => Options.Provider ?? ClusterProvider.AdoNet;
}
