using Actors.Silo.Settings;

namespace Actors.Silo.Hosting;

/// <summary>What a process is in its cluster.</summary>
/// <param name="Options">The settings of the cluster.</param>
/// <param name="Database">The connection string of the database that the cluster shares.</param>
/// <param name="HoldsGrains">Whether it is a silo; one that is not only calls.</param>
public sealed record ClusterPart(ClusterOptions Options, string Database, bool HoldsGrains);
