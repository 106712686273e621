using System.Globalization;
using Actors.Engine.Cluster;
using Actors.Silo.Hosting.Statistics;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Npgsql;

namespace Actors.Silo.Hosting;

/// <summary>Members and leases from the membership table, and what the silos told of themselves.</summary>
internal sealed class MembershipOverview(IMembershipTable table, IStatisticsStore statistics, MembershipOptions options, string cluster) : IClusterOverview
{
    public async ValueTask<ClusterOverview> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ReadTableAsync(cancellationToken);
        var told = (await statistics.ReadAsync(cancellationToken)).ToDictionary(one => one.Silo);
        return new ClusterOverview(cluster, snapshot.View.Version, [.. snapshot.Silos
            .OrderBy(silo => silo.Member.Id, StringComparer.Ordinal)
            .Select(silo => Overview(silo, told.GetValueOrDefault(new SiloLife(silo.Member.Id, silo.Member.Epoch))))]);
    }

    private async Task<MembershipSnapshot> ReadTableAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await table.ReadAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            throw PostgresFailure.ToIOException(failure);
        }
    }

    private SiloOverview Overview(SiloEntry silo, ToldStatistics? told) => new(
        silo.Member.Id,
        silo.Member.Epoch.ToString("x", CultureInfo.InvariantCulture),
        silo.Member.Endpoint,
        Name(silo.State),
        Math.Max(0, (options.Lease - silo.LeaseLeft).TotalSeconds),
        silo.LeaseLeft.TotalSeconds,
        silo.Doubt is Doubt.None ? null : Name(silo.Doubt),
        told?.Statistics,
        told?.Age.TotalSeconds);

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
