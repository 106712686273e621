using System.Globalization;
using System.Net;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Actors.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>
/// Orleans' table of silos in the product's own schema (007-orleans.sql). Its versions are those of the cluster's view, and
/// who is dead in it cannot write any more.
/// </summary>
internal sealed class PostgresMembershipTable(IServiceProvider services, ClusterPart part) : IMembershipTable, IAsyncDisposable
{
    private const string Columns = "o.id, o.epoch, o.generation, o.status, o.gateway, o.host, o.name, o.suspicions, o.started_at, o.alive_at";

    private readonly NpgsqlDataSource _source = MembershipConnections.Build(
        part.Database, new GenerationGuard(armsItself: true, _ => services.GetService<IHostApplicationLifetime>()?.StopApplication()));
    private readonly string _cluster = part.Options.Id;

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        // Opening the storage makes the schema.
        _ = services.GetRequiredService<IStateStore>();
        if (tryInitTableVersion)
        {
            await using var act = Act("SELECT actors_lock_view($1)");
            await act.ExecuteNonQueryAsync();
        }
    }

    public Task<MembershipTableData> ReadAll() => ReadAsync(only: null);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync(key);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => PutAsync(entry, isKnown: false, tableVersion);

    // The etag of a row is the version of the table, which every change of any row raises.
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => PutAsync(entry, isKnown: true, tableVersion);

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        await using var act = Act("UPDATE cluster_orleans SET alive_at = $4 WHERE cluster = $1 AND id = $2 AND epoch = $3", entry.SiloAddress);
        AddTime(act, entry.IAmAliveTime);
        await act.ExecuteNonQueryAsync();
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        await using var act = Act("SELECT actors_forget_orleans($1, $2)");
        AddTime(act, beforeDate.UtcDateTime);
        await act.ExecuteNonQueryAsync();
    }

    public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException("The silos of a cluster are never deleted as a whole.");

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<MembershipTableData> ReadAsync(SiloAddress? only)
    {
        await using var act = Act($"SELECT coalesce(v.version, 0), {Columns} FROM (SELECT 1) one LEFT JOIN cluster_view v ON v.cluster = $1 "
            + $"LEFT JOIN cluster_orleans o ON o.cluster = $1 {(only is null ? "" : "AND o.id = $2 AND o.epoch = $3")}", only);
        await using var row = await act.ExecuteReaderAsync();
        var version = "0";
        var entries = new List<Tuple<MembershipEntry, string>>();
        while (await row.ReadAsync())
        {
            version = row.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            if (!await row.IsDBNullAsync(1))
            {
                entries.Add(Tuple.Create(Entry(row), version));
            }
        }

        return new MembershipTableData(entries, new TableVersion(int.Parse(version, CultureInfo.InvariantCulture), version));
    }

    private static MembershipEntry Entry(NpgsqlDataReader row) => new()
    {
        SiloAddress = SiloAddress.New(IPEndPoint.Parse(row.GetString(1)), row.GetInt32(3)),
        Status = (SiloStatus)row.GetInt16(4),
        ProxyPort = row.GetInt32(5),
        HostName = row.GetString(6),
        SiloName = row.GetString(7),
        SuspectTimes = SiloNames.Suspicions(row.GetString(8)),
        StartTime = row.GetDateTime(9),
        IAmAliveTime = row.GetDateTime(10),
    };

    private async Task<bool> PutAsync(MembershipEntry entry, bool isKnown, TableVersion version)
    {
        await using var act = Act("SELECT actors_put_orleans($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)", entry.SiloAddress);
        act.Parameters.Add(new() { Value = isKnown });
        act.Parameters.Add(new() { Value = long.Parse(version.VersionEtag, CultureInfo.InvariantCulture) });
        act.Parameters.Add(new() { Value = SiloNames.State(entry.Status) });
        act.Parameters.Add(new() { Value = entry.SiloAddress.Generation });
        act.Parameters.Add(new() { Value = (short)entry.Status });
        act.Parameters.Add(new() { Value = entry.ProxyPort });
        act.Parameters.Add(new() { Value = entry.HostName ?? "" });
        act.Parameters.Add(new() { Value = entry.SiloName ?? "" });
        act.Parameters.Add(new() { Value = SiloNames.Text(entry.SuspectTimes) });
        AddTime(act, entry.StartTime);
        AddTime(act, entry.IAmAliveTime);
        act.Parameters.Add(new() { Value = ProgramVersion.Text });
        return await act.ExecuteScalarAsync() is true;
    }

    private NpgsqlCommand Act(string sql, SiloAddress? silo = null)
    {
        var act = _source.CreateCommand(sql);
        act.Parameters.Add(new() { Value = _cluster });
        if (silo is not null)
        {
            act.Parameters.Add(new() { Value = SiloNames.Id(silo) });
            act.Parameters.Add(new() { Value = SiloNames.Epoch(silo) });
        }

        return act;
    }

    // Orleans gives times in UTC without saying so.
    private static void AddTime(NpgsqlCommand act, DateTime time) =>
        act.Parameters.Add(new() { Value = DateTime.SpecifyKind(time, DateTimeKind.Utc), NpgsqlDbType = NpgsqlDbType.TimestampTz });
}
