using Actors.Engine.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Hosting;

/// <summary><c>silo status</c>: what the shared database knows of the silos.</summary>
internal static class ClusterStatus
{
    public static async Task PrintAsync(IServiceProvider services)
    {
        var snapshot = await services.GetRequiredService<IMembershipTable>().ReadAsync(CancellationToken.None);
        Console.WriteLine($"view {snapshot.View.Version}, {snapshot.View.Members.Length} active silos");
        foreach (var silo in snapshot.Silos.OrderBy(silo => silo.Member.Id, StringComparer.Ordinal))
        {
            Console.WriteLine($"{silo.Member.Id,-24} {silo.Member.Epoch,16:x} {silo.State,-8} lease {silo.LeaseLeft.TotalSeconds,5:0.0} s {silo.Doubt}");
        }
    }
}
