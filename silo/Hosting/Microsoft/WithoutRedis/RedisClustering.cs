using Orleans.Hosting;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>A build without the package Microsoft.Orleans.Clustering.Redis.</summary>
internal static class RedisClustering
{
    public static string? Refusal => "Cluster:Provider is redis, but this build cannot speak to it: build with -p:OrleansClustering=redis.";

    public static void Use(ISiloBuilder silo, string connectionString) => throw new InvalidOperationException(Refusal);

    public static void Use(IClientBuilder client, string connectionString) => throw new InvalidOperationException(Refusal);
}
