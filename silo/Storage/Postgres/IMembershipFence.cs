namespace Actors.Silo.Storage.Postgres;

/// <summary>Tells as which member of the cluster this process writes. Every write transaction requires that membership until its commit.</summary>
public interface IMembershipFence
{
    /// <summary>The membership, or null while this process is no member: then its writes are refused.</summary>
    MembershipStamp? Current { get; }
}

/// <summary>One life of a silo.</summary>
/// <param name="Cluster">The cluster's id.</param>
/// <param name="Silo">The silo's id.</param>
/// <param name="Epoch">Random for each life.</param>
public sealed record MembershipStamp(string Cluster, string Silo, long Epoch);
