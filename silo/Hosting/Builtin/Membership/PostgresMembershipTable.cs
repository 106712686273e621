using System.Security.Cryptography;
using Actors.Engine.Cluster;
using Actors.Silo.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Hosting.Membership;

/// <summary>
/// The cluster's members in PostgreSQL; the rules are in schema/postgres/002-cluster.sql. It has two connections of its
/// own, one to act and one to listen, so that a renewal waits for no data.
/// </summary>
/// <param name="connectionString">Of the shared database, whose schema is there.</param>
/// <param name="cluster">The cluster's id.</param>
/// <param name="version">Of this program, to be looked at.</param>
/// <param name="options">How patient the cluster is.</param>
/// <param name="guard">Notices when the database turns out to be another or an older one than this process knew.</param>
internal sealed class PostgresMembershipTable(
    string connectionString, string cluster, string version, MembershipOptions options, GenerationGuard guard) : IMembershipTable, IAsyncDisposable
{
    private const string Channel = "actors_membership";
    private static readonly TimeSpan ListenCheck = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source = MembershipConnections.Build(connectionString, guard);
    private readonly RenewalCount _renewals = new(guard);

    /// <inheritdoc/>
    public async Task<ClusterMember> JoinAsync(string id, string endpoint, CancellationToken cancellationToken)
    {
        var member = new ClusterMember(id, NewEpoch(), endpoint);
        await using var act = Act("SELECT actors_join($1, $2, $3, $4, $5, $6)", member);
        act.Parameters.Add(new() { Value = endpoint });
        act.Parameters.Add(new() { Value = version });
        AddSpan(act, options.Lease);
        await act.ExecuteNonQueryAsync(cancellationToken);
        return member;
    }

    /// <inheritdoc/>
    public async Task<bool> ActivateAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        await using var act = Act("SELECT actors_activate($1, $2, $3)", member);
        return await act.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <inheritdoc/>
    public async Task<Renewal> RenewAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        var renewal = await RenewAsync(connection, member, cancellationToken);
        // How far the log has come, so that a restored copy is known by it however quiet this process was.
        await guard.CheckAsync(connection, cancellationToken);
        return renewal;
    }

    /// <inheritdoc/>
    public async Task RetireAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        await using var act = Act("SELECT actors_retire($1, $2, $3)", member);
        await act.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task LeaveAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        await using var act = Act("SELECT actors_leave($1, $2, $3)", member);
        await act.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await using var act = _source.CreateCommand(
            "SELECT coalesce((SELECT v.version FROM cluster_view v WHERE v.cluster = $1), 0), m.id, m.epoch, m.address, m.state, m.lease_left, m.doubt "
            + "FROM (SELECT actors_now() AS moment) clock LEFT JOIN LATERAL actors_members($1, clock.moment) m ON true");
        act.Parameters.Add(new() { Value = cluster });
        await using var row = await act.ExecuteReaderAsync(cancellationToken);
        var viewVersion = 0L;
        var silos = new List<SiloEntry>();
        while (await row.ReadAsync(cancellationToken))
        {
            viewVersion = row.GetInt64(0);
            if (!await row.IsDBNullAsync(1, cancellationToken))
            {
                var member = new ClusterMember(row.GetString(1), row.GetInt64(2), row.GetString(3));
                silos.Add(new SiloEntry(member, StateOf(row.GetString(4)), row.GetTimeSpan(5), (Doubt)row.GetInt32(6)));
            }
        }

        return new MembershipSnapshot(new ClusterView(viewVersion, silos.Where(silo => silo.State is SiloState.Active).Select(silo => silo.Member)), silos);
    }

    /// <inheritdoc/>
    public async Task SuspectAsync(ClusterMember suspect, ClusterMember? by, CancellationToken cancellationToken)
    {
        await using var act = Act("SELECT actors_suspect($1, $2, $3, $4, $5, $6)", suspect);
        AddOther(act, by);
        await act.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> EvictAsync(ClusterMember member, ClusterMember by, CancellationToken cancellationToken)
    {
        await using var act = Act("SELECT actors_evict($1, $2, $3, $4, $5, $6)", member);
        AddOther(act, by);
        return await act.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <inheritdoc/>
    public async Task ListenAsync(Action changed, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, told) =>
        {
            if (told.Payload == cluster)
            {
                changed();
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        changed();
        while (true)
        {
            if (!await connection.WaitAsync(ListenCheck, cancellationToken))
            {
                // A silent connection may be a lost one.
                await using var check = new NpgsqlCommand("SELECT 1", connection);
                await check.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<Renewal> RenewAsync(NpgsqlConnection connection, ClusterMember member, CancellationToken cancellationToken)
    {
        // The lease's own count is as of before this renewal.
        await using var act = new NpgsqlCommand(
            "SELECT is_member, view_version, has_doubtful, "
            + "coalesce((SELECT l.renewals FROM cluster_lease l WHERE l.cluster = $1 AND l.id = $2 AND l.epoch = $3), 0) FROM actors_renew($1, $2, $3, $4)",
            connection);
        Name(act, member);
        AddSpan(act, options.Lease);
        await using var row = await act.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        if (row.GetBoolean(0))
        {
            _renewals.Note(member.Epoch, row.GetInt64(3));
        }

        return new Renewal(row.GetBoolean(0), row.GetInt64(1), row.GetBoolean(2));
    }

    private static long NewEpoch()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return (BitConverter.ToInt64(bytes) & long.MaxValue) | 1;
    }

    private static SiloState StateOf(string text) => text switch
    {
        "joining" => SiloState.Joining,
        "active" => SiloState.Active,
        _ => SiloState.Leaving,
    };

    private static void AddSpan(NpgsqlCommand act, TimeSpan span) =>
        act.Parameters.Add(new() { Value = span, NpgsqlDbType = NpgsqlDbType.Interval });

    private void AddOther(NpgsqlCommand act, ClusterMember? other)
    {
        act.Parameters.Add(new() { Value = (object?)other?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        act.Parameters.Add(new() { Value = (object?)other?.Epoch ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        AddSpan(act, options.RefutationTime);
    }

    private NpgsqlCommand Act(string sql, ClusterMember member)
    {
        var act = _source.CreateCommand(sql);
        Name(act, member);
        return act;
    }

    private void Name(NpgsqlCommand act, ClusterMember member)
    {
        act.Parameters.Add(new() { Value = cluster });
        act.Parameters.Add(new() { Value = member.Id });
        act.Parameters.Add(new() { Value = member.Epoch });
    }
}
