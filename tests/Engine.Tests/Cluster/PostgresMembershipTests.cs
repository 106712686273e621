using Actors.Engine.Cluster;
using Actors.Silo.Hosting.Membership;
using Actors.Silo.Storage.Postgres;
using Actors.TestKit.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Engine.Tests.Cluster;

/// <summary>Membership on a real server, in real time.</summary>
public sealed class PostgresMembershipTests : IAsyncLifetime
{
    private static readonly MembershipOptions s_options = new();
    private readonly List<(ClusterMembership Membership, PostgresMembershipTable Table)> _processes = [];
    private PostgresServer _server = null!;
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _database = await _server.CreateDatabaseAsync();
        await using var source = PostgresSetup.Open(new PostgresOptions { ConnectionString = _database, ConnectTimeoutSeconds = 60 });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (membership, table) in _processes)
        {
            await membership.DisposeAsync();
            await table.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Silo_Dies_IsEvictedByWhatAClientSays()
    {
        var silos = new[] { Start("a"), Start("b"), Start("c") };
        var client = Start(null);
        await WithViewAsync(client, 3);
        var dead = silos[2].Self!;
        var fence = new MembershipFence(() => silos[2], "c");
        Assert.Equal(new MembershipStamp("c", dead.Id, dead.Epoch), fence.Current);

        await silos[2].DisposeAsync();
        client.Suspect(dead, "refused");

        foreach (var process in new[] { silos[0], silos[1], client })
        {
            await WithViewAsync(process, 2);
            Assert.False(process.View.Contains(dead));
        }
    }

    [Fact]
    public async Task Server_Restarts_SilosGoOnUnderTheirEpochs()
    {
        var silos = new[] { Start("a"), Start("b") };
        await WithViewAsync(silos[0], 2);
        await WithViewAsync(silos[1], 2);
        var lives = silos.Select(silo => silo.Self).ToList();

        await _server.StopAsync("immediate");
        await _server.StartAgainAsync();
        Start("c");

        await WithViewAsync(silos[0], 3);
        await WithViewAsync(silos[1], 3);
        Assert.Equal(lives, silos.Select(silo => silo.Self));
        Assert.All(silos, silo => Assert.False(silo.IsParked));
    }

    [Fact]
    public async Task Silo_RetiresAndLeaves_OthersAreTold()
    {
        var silos = new[] { Start("a"), Start("b") };
        await WithViewAsync(silos[1], 2);

        await silos[0].RetireAsync(TestContext.Current.CancellationToken);
        await WithViewAsync(silos[1], 1);
        Assert.Single(silos[0].View.Members);
        await silos[0].LeaveAsync(TestContext.Current.CancellationToken);

        var left = await _processes[1].Table.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(silos[1].Self, Assert.Single(left.Silos).Member);
    }

    private static async Task WithViewAsync(ClusterMembership process, int members)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OnViewChanged(view =>
        {
            if (view.Members.Length == members)
            {
                seen.TrySetResult();
            }
        });
        if (process.View.Members.Length != members)
        {
            await seen.Task.WaitAsync(TimeSpan.FromMinutes(4), TestContext.Current.CancellationToken);
        }
    }

    private ClusterMembership Start(string? id)
    {
        var table = new PostgresMembershipTable(_database, "c", "1.0", s_options, new GenerationGuard(armsItself: true));
        var membership = new ClusterMembership(
            table, id is null ? null : new LocalSilo(id, $"host-{id}:1"), s_options, TimeProvider.System, NullLogger<ClusterMembership>.Instance);
        _processes.Add((membership, table));
        membership.Start();
        return membership;
    }
}
