using Actors.Engine.Cluster;

namespace Actors.Engine.Transport;

/// <summary>Who is at one end of a connection.</summary>
/// <param name="ProcessId">The process, in this life: observers are reached by it.</param>
/// <param name="Silo">The silo, if it is one.</param>
internal sealed record ProcessIdentity(Guid ProcessId, ClusterMember? Silo)
{
    public override string ToString() => Silo?.ToString() ?? $"client {ProcessId.ToString("N")[..8]}";
}
