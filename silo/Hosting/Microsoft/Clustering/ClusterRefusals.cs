using System.Net;
using Actors.Silo.Settings;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>Settings that do not go together, or that Microsoft Orleans has nothing for.</summary>
internal static class ClusterRefusals
{
    public static IEnumerable<string> Of(ClusterOptions cluster, ConnectionStringsOptions connections)
    {
        if (connections.Actors is null && cluster.Provider is ClusterProvider.AdoNet or ClusterProvider.Redis)
        {
            yield return $"Cluster:Provider is {cluster.Provider.ToString()!.ToLowerInvariant()}, but there is no ConnectionStrings:Actors, the database of the cluster.";
        }

        if (cluster.Provider is ClusterProvider.Redis && RedisClustering.Refusal is { } missing)
        {
            yield return missing;
        }
        else if (cluster.Provider is ClusterProvider.Redis && connections.Redis is null)
        {
            yield return "Cluster:Provider is redis, but there is no ConnectionStrings:Redis.";
        }

        if (connections.Redis is not null && cluster.Provider is not ClusterProvider.Redis)
        {
            yield return "ConnectionStrings:Redis is set, but Cluster:Provider is not redis: set that too, or remove it.";
        }

        if (cluster.Provider is ClusterProvider.Localhost && cluster.Endpoint is { } endpoint && !(IPEndPoint.TryParse(endpoint, out var parsed) && IPAddress.IsLoopback(parsed.Address)))
        {
            yield return $"Cluster:Provider is localhost, but Cluster:Endpoint is '{endpoint}': it must be 127.0.0.1 and a port.";
        }

        if (cluster.Secret is not null)
        {
            yield return "Cluster:Secret is set, but Microsoft Orleans asks its peers for no secret: remove the setting, and keep strangers from the ports of the silos.";
        }
    }
}
