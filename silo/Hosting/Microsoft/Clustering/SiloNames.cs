using System.Globalization;
using Orleans.Runtime;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>Orleans' silos in the words of the product's tables.</summary>
internal static class SiloNames
{
    public static string Id(SiloAddress silo) => silo.Endpoint.ToString();

    /// <summary>Unique for each life: a generation is a time in seconds, and silos that start in the same one differ in the address.</summary>
    public static long Epoch(SiloAddress silo) => ((long)silo.Generation << 32) | (uint)silo.GetConsistentHashCode();

    /// <summary>As <c>cluster_silo</c> has it; one that leaves may still write what it closes.</summary>
    public static string State(SiloStatus status) => status switch
    {
        SiloStatus.Active => "active",
        SiloStatus.ShuttingDown or SiloStatus.Stopping => "leaving",
        SiloStatus.Dead => "dead",
        _ => "joining",
    };

    public static string Text(List<Tuple<SiloAddress, DateTime>>? suspicions) =>
        string.Join(' ', (suspicions ?? []).Select(vote => string.Create(CultureInfo.InvariantCulture, $"{vote.Item1.ToParsableString()}/{vote.Item2.Ticks}")));

    public static List<Tuple<SiloAddress, DateTime>> Suspicions(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(vote => vote.Split('/')).Select(vote =>
            Tuple.Create(SiloAddress.FromParsableString(vote[0]), new DateTime(long.Parse(vote[1], CultureInfo.InvariantCulture), DateTimeKind.Utc)))];
}
