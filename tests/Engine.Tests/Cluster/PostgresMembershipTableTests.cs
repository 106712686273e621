using Actors.Engine.Cluster;
using Actors.Silo.Hosting.Membership;
using Actors.Silo.Storage.Postgres;
using Actors.TestKit.Postgres;
using Npgsql;

namespace Actors.Engine.Tests.Cluster;

public sealed class PostgresMembershipTableTests : MembershipTableConformance
{
    private string _database = "";
    private NpgsqlDataSource? _source;
    private PostgresMembershipTable? _table;

    public override async ValueTask DisposeAsync()
    {
        await _table!.DisposeAsync();
        await _source!.DisposeAsync();
    }

    protected override async Task<IMembershipTable> CreateAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        _source = PostgresSetup.Open(new PostgresOptions { ConnectionString = _database, ConnectTimeoutSeconds = 60 });
        return _table = NewTable("c");
    }

    protected override Task PassAsync(TimeSpan time) =>
        ExecuteAsync($"UPDATE cluster_clock SET shift = shift + interval '{time.TotalSeconds} seconds'");

    protected override async Task<bool> CanWriteAsync(ClusterMember member)
    {
        try
        {
            // The fence comes first: it is another refusal that the writer is unknown.
            await ExecuteAsync($"SELECT actors_begin_batch(gen_random_uuid(), 0, 1, 'c', '{member.Id}', {member.Epoch})");
            return true;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState == "AC002";
        }
    }

    [Fact]
    public async Task Evict_WhileAWriteRuns_WaitsForIt()
    {
        var stop = TestContext.Current.CancellationToken;
        var a = await _table!.JoinAsync("a", "host:1", stop);
        await _table.ActivateAsync(a, stop);
        var b = await _table.JoinAsync("b", "host:2", stop);
        await _table.ActivateAsync(b, stop);
        await _table.SuspectAsync(b, a, stop);
        await PassAsync(Options.RefutationTime * 1.5);
        await using var writer = await _source!.OpenConnectionAsync(stop);
        await using var transaction = await writer.BeginTransactionAsync(stop);
        await using var fence = new NpgsqlCommand("SELECT 1 FROM cluster_silo WHERE id = 'b' AND state = 'active' FOR SHARE", writer);
        await fence.ExecuteScalarAsync(stop);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => _table.EvictAsync(b, a, stop));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refusal.SqlState);
        Assert.Contains(b, (await _table.ReadAsync(stop)).View.Members);

        await transaction.CommitAsync(stop);
        Assert.True(await _table.EvictAsync(b, a, stop));
    }

    [Fact]
    public async Task Evict_WhileABatchOfItNeverEnds_EndsItsConnection()
    {
        var stop = TestContext.Current.CancellationToken;
        var a = await _table!.JoinAsync("a", "host:1", stop);
        await _table.ActivateAsync(a, stop);
        var b = await _table.JoinAsync("b", "host:2", stop);
        await _table.ActivateAsync(b, stop);
        await _table.SuspectAsync(b, a, stop);
        await PassAsync(Options.RefutationTime * 1.5);
        await using var frozen = await _source!.OpenConnectionAsync(stop);
        await using var batch = new NpgsqlCommand(
            $"INSERT INTO storage_writer (id, batch) VALUES ('{Guid.Empty}', 1); SELECT actors_begin_batch('{Guid.Empty}', 1, 2, 'c', 'b', {b.Epoch})", frozen);
        await batch.ExecuteNonQueryAsync(stop);
        await using var unended = await frozen.BeginTransactionAsync(stop);
        batch.CommandText = $"SELECT actors_begin_batch('{Guid.Empty}', 2, 3, 'c', 'b', {b.Epoch})";
        await batch.ExecuteNonQueryAsync(stop);

        Assert.True(await _table.EvictAsync(b, a, stop));

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => unended.CommitAsync(stop));
        Assert.DoesNotContain(b, (await _table.ReadAsync(stop)).View.Members);
    }

    [Theory]
    [InlineData("UPDATE cluster_lease SET renewals = 0", "renewals of this silo's lease are gone")]
    [InlineData("UPDATE storage_generation SET counter = 0", "generation is 0")]
    [InlineData("UPDATE storage_generation SET id = gen_random_uuid()", "another database")]
    public async Task Renew_InADatabaseThatWentBack_IsRefusedForGood(string change, string expected)
    {
        var stop = TestContext.Current.CancellationToken;
        var a = await _table!.JoinAsync("a", "host:1", stop);
        for (var i = 0; i < 10; i++)
        {
            await _table.RenewAsync(a, stop);
        }

        await ExecuteAsync(change);

        var refusal = await Assert.ThrowsAsync<DatabaseRestoredException>(() => _table.RenewAsync(a, stop));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseRestoredException>(() => _table.RenewAsync(a, stop));
    }

    [Fact]
    public async Task Renew_WhoseLastAnswersACrashTookBack_GoesOn()
    {
        var stop = TestContext.Current.CancellationToken;
        var a = await _table!.JoinAsync("a", "host:1", stop);
        for (var i = 0; i < 10; i++)
        {
            await _table.RenewAsync(a, stop);
        }

        await ExecuteAsync("UPDATE cluster_lease SET renewals = renewals - 3");

        Assert.True((await _table.RenewAsync(a, stop)).IsMember);
    }

    [Fact]
    public async Task Join_ToAnotherClusterOfTheSameDatabase_IsApart()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var other = NewTable("d");
        var a = await _table!.JoinAsync("a", "host:1", stop);
        await _table.ActivateAsync(a, stop);

        var twin = await other.JoinAsync("a", "host:1", stop);
        await other.ActivateAsync(twin, stop);

        Assert.Equal([a], (await _table.ReadAsync(stop)).View.Members);
        Assert.Equal([twin], (await other.ReadAsync(stop)).View.Members);
    }

    [Fact]
    public async Task Acts_AtOnceFromManyProcesses_MeetNoDeadlock()
    {
        var stop = TestContext.Current.CancellationToken;
        var tables = Enumerable.Range(0, 6).Select(_ => NewTable("c")).ToList();
        await Task.WhenAll(tables.Select((table, number) => Task.Run(
            async () =>
            {
                var random = new Random(number);
                for (var life = 0; life < 5; life++)
                {
                    var self = await table.JoinAsync($"s{number}", $"host:{number}", stop);
                    await table.ActivateAsync(self, stop);
                    for (var act = 0; act < 20; act++)
                    {
                        var others = (await table.ReadAsync(stop)).View.Members;
                        var other = others.IsEmpty ? self : others[random.Next(others.Length)];
                        await (random.Next(4) switch
                        {
                            0 => table.RenewAsync(self, stop),
                            1 => table.SuspectAsync(other, self, stop),
                            2 => table.EvictAsync(other, self, stop),
                            _ => table.RetireAsync(random.Next(8) == 0 ? self : other with { Epoch = 0 }, stop),
                        });
                    }
                }
            },
            stop)));

        Assert.True((await _table!.ReadAsync(stop)).View.Version >= 30);
        foreach (var table in tables)
        {
            await table.DisposeAsync();
        }
    }

    private PostgresMembershipTable NewTable(string cluster) => new(_database, cluster, "1.0", Options, new GenerationGuard(armsItself: true));

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
