using System.Globalization;
using Actors.Silo.Hosting.Statistics;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Npgsql;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>Silos from Orleans' table, and what they told of themselves. Orleans has no leases: the time since a silo said that it lives takes their place.</summary>
internal sealed class OrleansOverview(IMembershipTable? table, IStatisticsStore statistics, TimeProvider time, string cluster) : IClusterOverview
{
    public async ValueTask<ClusterOverview> ReadAsync(CancellationToken cancellationToken)
    {
        if (table is null)
        {
            throw new IOException("With this Cluster:Provider the silos are known to the silos alone; adonet has them in the database.");
        }

        var silos = await ReadTableAsync(table, cancellationToken);
        var told = (await statistics.ReadAsync(cancellationToken)).ToDictionary(one => one.Silo);
        var now = time.GetUtcNow().UtcDateTime;
        return new ClusterOverview(cluster, silos.Version.Version, [.. silos.Members
            .Select(member => member.Item1)
            .Where(silo => silo.Status is not SiloStatus.Dead)
            .OrderBy(silo => SiloNames.Id(silo.SiloAddress), StringComparer.Ordinal)
            .Select(silo => Overview(silo, now, told.GetValueOrDefault(new SiloLife(SiloNames.Id(silo.SiloAddress), SiloNames.Epoch(silo.SiloAddress)))))]);
    }

    private static async Task<MembershipTableData> ReadTableAsync(IMembershipTable table, CancellationToken cancellationToken)
    {
        try
        {
            await table.InitializeMembershipTableAsync(false, cancellationToken);
            return await table.ReadAllAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            throw PostgresFailure.ToIOException(failure);
        }
    }

    private static SiloOverview Overview(MembershipEntry silo, DateTime now, ToldStatistics? told) => new(
        SiloNames.Id(silo.SiloAddress),
        SiloNames.Epoch(silo.SiloAddress).ToString("x", CultureInfo.InvariantCulture),
        silo.SiloAddress.Endpoint.ToString(),
        silo.Status switch
        {
            SiloStatus.Created or SiloStatus.Joining => "joining",
            SiloStatus.Active => "active",
            _ => "leaving",
        },
        Math.Max(0, (now - silo.IAmAliveTime).TotalSeconds),
        LeaseLeft: null,
        silo.SuspectTimes is { Count: > 0 } ? "suspected" : null,
        told?.Statistics,
        told?.Age.TotalSeconds);
}
