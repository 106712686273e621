namespace Actors.Engine.Cluster;

/// <summary>A silo of the cluster, in one of its lives.</summary>
/// <param name="Id">Its name, kept over restarts; placement goes by it.</param>
/// <param name="Epoch">Which life of it: random, new at every join.</param>
/// <param name="Endpoint">Where other processes reach it: an address and a port.</param>
public sealed record ClusterMember(string Id, long Epoch, string Endpoint)
{
    public override string ToString() => $"{Id}/{Epoch:x}";
}
