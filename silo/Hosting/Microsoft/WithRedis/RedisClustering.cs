using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>Orleans' own table of silos in Redis (<c>-p:OrleansClustering=redis</c>).</summary>
internal static class RedisClustering
{
    public static string? Refusal => null;

    public static void Use(ISiloBuilder silo, string connectionString) => silo.UseRedisClustering(connectionString);

    public static void Use(IClientBuilder client, string connectionString) => client.UseRedisClustering(connectionString);
}
