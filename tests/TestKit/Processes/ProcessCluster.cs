using System.Collections.Immutable;
using System.Net;
using Actors.TestKit.Postgres;
using Actors.TestKit.Relays;
using Npgsql;

namespace Actors.TestKit.Processes;

/// <summary>
/// Silos, servers and a PostgreSQL of their own, all as processes, with a relay in front of each silo and one between each
/// process and the database: every fault of a machine or a network can be made.
/// </summary>
public sealed class ProcessCluster : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private ProcessCluster(PostgresServer server, string database, int silos, int apis, string[] settings)
    {
        (Server, Database) = (server, database);
        Silos = [.. Enumerable.Range(0, silos).Select(_ => Relayed((text, relay) => new ClusterSilo(text, relay, settings)))];
        Apis = [.. Enumerable.Range(0, apis).Select(_ => Relayed((text, relay) => new ClusterApi(text, relay, settings)))];
    }

    /// <summary>The database's server, which nobody else uses.</summary>
    public PostgresServer Server { get; }

    /// <summary>The connection string past all relays.</summary>
    public string Database { get; }

    public ImmutableArray<ClusterSilo> Silos { get; }

    public ImmutableArray<ClusterApi> Apis { get; }

    /// <summary>Starts everything and returns once all of it serves.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="apis">How many servers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="settings">What every process is given.</param>
    public static async Task<ProcessCluster> StartAsync(int silos, int apis, CancellationToken cancellationToken, params string[] settings)
    {
        var server = await PostgresServer.StartAsync();
        var cluster = new ProcessCluster(server, await server.CreateDatabaseAsync("actors"), silos, apis, settings);
        try
        {
            await Task.WhenAll(cluster.Silos.Select(silo => silo.StartAsync(cancellationToken)));
            await Task.WhenAll(cluster.Apis.Select(api => api.StartAsync(cancellationToken)));
            await cluster.UntilWholeAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The silos as the shared database has them: state by name, dead lives left out.</summary>
    public async Task<ImmutableArray<ClusterMemberRow>> MembersAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            // Microsoft Orleans knows no leases; a silo says every few seconds that it is alive.
            "SELECT s.id, s.epoch, s.state, coalesce(coalesce(l.expires_at, o.alive_at + interval '15 seconds') > actors_now(), false), coalesce(l.renewals, 0) FROM cluster_silo s "
            + "LEFT JOIN cluster_lease l USING (cluster, id, epoch) LEFT JOIN cluster_orleans o USING (cluster, id, epoch) WHERE s.state <> 'dead' ORDER BY s.id",
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var members = ImmutableArray.CreateBuilder<ClusterMemberRow>();
        while (await rows.ReadAsync(cancellationToken))
        {
            members.Add(new ClusterMemberRow(rows.GetString(0), rows.GetInt64(1), rows.GetString(2), rows.GetBoolean(3), rows.GetInt64(4)));
        }

        return members.DrainToImmutable();
    }

    /// <summary>Ends when a condition holds for the members.</summary>
    public Task UntilMembersAsync(Func<ImmutableArray<ClusterMemberRow>, bool> condition, string what, CancellationToken cancellationToken) =>
        UntilAsync(async token => condition(await MembersAsync(token)), what, cancellationToken);

    /// <summary>Ends when every silo is an active member with a lease and every server is ready: nobody has helped.</summary>
    public async Task UntilWholeAsync(CancellationToken cancellationToken)
    {
        var names = Silos.Select(silo => silo.Name).Order(StringComparer.Ordinal).ToList();
        await UntilMembersAsync(
            members => members.All(member => member is { State: "active", IsLeased: true })
                && members.Select(member => member.Id).Order(StringComparer.Ordinal).SequenceEqual(names, StringComparer.Ordinal),
            "all silos are active members",
            cancellationToken);
        foreach (var api in Apis)
        {
            using var client = api.Process.CreateClient(admin: false);
            await UntilAsync(
                async token =>
                {
                    using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative), token);
                    return answer.IsSuccessStatusCode;
                },
                "every server is ready",
                cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in Apis)
        {
            await api.DisposeAsync();
        }

        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }

        await Server.DisposeAsync();
    }

    private async Task UntilAsync(Func<CancellationToken, Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        try
        {
            while (!await condition(bound.Token))
            {
                await Task.Delay(Pause, TimeProvider.System, bound.Token);
            }
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Not in {Patience.TotalSeconds} s: {what}. Members: {string.Join("; ", await MembersAsync(cancellationToken))}.\n"
                + string.Join('\n', Silos.Select(silo => $"--- {silo.Name}\n{silo.Process.Output}")),
                late);
        }
    }

    private T Relayed<T>(Func<string, TcpRelay, T> make)
    {
        var settings = new NpgsqlConnectionStringBuilder(Database);
        var relay = TcpRelay.Start(new IPEndPoint(IPAddress.Loopback, settings.Port), LoopbackPorts.Next());
        settings.Port = relay.Endpoint.Port;
        return make(settings.ConnectionString, relay);
    }
}

/// <summary>A silo that is not dead, as the shared database has it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Epoch">Which life of it.</param>
/// <param name="State">joining, active or leaving.</param>
/// <param name="IsLeased">Whether its lease is not over.</param>
/// <param name="Renewals">How often it renewed its lease.</param>
public sealed record ClusterMemberRow(string Id, long Epoch, string State, bool IsLeased, long Renewals);
