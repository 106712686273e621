using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Hosting;

/// <summary><c>silo status</c>: what the table of silos says.</summary>
internal static class ClusterStatus
{
    /// <exception cref="InvalidOperationException">The table is in the memory of another process.</exception>
    public static async Task PrintAsync(IServiceProvider services)
    {
        if (services.GetRequiredService<ClusterOptions>().Provider is ClusterProvider.Localhost)
        {
            throw new InvalidOperationException("Cluster:Provider is localhost, whose silos are known to the silo at port 11111 alone.");
        }

        var table = services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(false, CancellationToken.None);
        var silos = await table.ReadAllAsync(CancellationToken.None);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        Console.WriteLine($"view {silos.Version.Version}, {silos.Members.Count(member => member.Item1.Status is SiloStatus.Active)} active silos");
        foreach (var silo in silos.Members.Select(member => member.Item1).OrderBy(silo => silo.SiloAddress.ToParsableString(), StringComparer.Ordinal))
        {
            var votes = silo.SuspectTimes is { Count: > 0 } given ? $" suspected by {given.Count}" : "";
            Console.WriteLine($"{silo.SiloAddress.Endpoint,-24} {silo.SiloAddress.Generation,10} {silo.Status,-12} seen {(now - silo.IAmAliveTime).TotalSeconds,6:0.0} s ago{votes}");
        }
    }
}
