using Orleans.Messaging;
using Orleans.Runtime;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>The silos that take calls of other processes, by the same table.</summary>
internal sealed class PostgresGateways(PostgresMembershipTable table) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => LivenessTimes.GatewayRefresh;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => table.InitializeMembershipTable(tryInitTableVersion: false);

    public async Task<IList<Uri>> GetGateways() =>
        [.. (await table.ReadAll()).Members.Select(member => member.Item1)
            .Where(entry => entry.Status is SiloStatus.Active && entry.ProxyPort > 0)
            .Select(entry => SiloAddress.New(entry.SiloAddress.Endpoint.Address, entry.ProxyPort, entry.SiloAddress.Generation).ToGatewayUri())];
}
