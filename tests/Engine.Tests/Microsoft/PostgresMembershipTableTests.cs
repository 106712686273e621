using System.Net;
using Actors.Silo.Hosting;
using Actors.Silo.Hosting.Clustering;
using Actors.Silo.Settings;
using Actors.Silo.Storage;
using Actors.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Microsoft;

/// <summary>What Orleans requires of a table of silos, and what the product's writes require of it.</summary>
public sealed class PostgresMembershipTableTests : IAsyncLifetime
{
    private static readonly DateTime s_start = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    private string _database = "";
    private ServiceProvider? _services;
    private PostgresMembershipTable? _table;

    private PostgresMembershipTable Table => _table!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        _services = new ServiceCollection().AddLogging().AddPostgresStorage(_database, Path.GetTempPath()).BuildServiceProvider();
        _table = NewTable("c");
        await Table.InitializeMembershipTable(tryInitTableVersion: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Table.DisposeAsync();
        await _services!.DisposeAsync();
    }

    [Fact]
    public async Task Insert_OfANewSilo_IsReadBackAsItWas()
    {
        var entry = Entry(1);
        entry.AddSuspector(Address(2), s_start);
        var before = await Table.ReadAll();

        Assert.True(await Table.InsertRow(entry, before.Version.Next()));

        var after = await Table.ReadAll();
        var read = Assert.Single(after.Members).Item1;
        Assert.Equal(before.Version.Version + 1, after.Version.Version);
        Assert.Equal(
            (entry.SiloAddress, entry.Status, entry.ProxyPort, entry.HostName, entry.SiloName, entry.StartTime, entry.IAmAliveTime),
            (read.SiloAddress, read.Status, read.ProxyPort, read.HostName, read.SiloName, read.StartTime, read.IAmAliveTime));
        Assert.Equal(Tuple.Create(Address(2), s_start), Assert.Single(read.SuspectTimes!));
        Assert.Empty((await Table.ReadRow(Address(2))).Members);
        Assert.Single((await Table.ReadRow(entry.SiloAddress)).Members);
    }

    [Fact]
    public async Task Insert_ByTwoOnTheSameVersion_SucceedsOnce()
    {
        var seen = (await Table.ReadAll()).Version.Next();

        Assert.True(await Table.InsertRow(Entry(1), seen));
        Assert.False(await Table.InsertRow(Entry(2), seen));
    }

    [Fact]
    public async Task Insert_OfAKnownSiloOrUpdateOfAnUnknown_Fails()
    {
        await Table.InsertRow(Entry(1), (await Table.ReadAll()).Version.Next());
        var version = (await Table.ReadAll()).Version;

        Assert.False(await Table.InsertRow(Entry(1), version.Next()));
        Assert.False(await Table.UpdateRow(Entry(2), version.VersionEtag, version.Next()));
        Assert.Equal(version, (await Table.ReadAll()).Version);
    }

    [Fact]
    public async Task Read_OfAnotherCluster_KnowsNobody()
    {
        await Table.InsertRow(Entry(1), (await Table.ReadAll()).Version.Next());
        await using var other = NewTable("d");

        Assert.Empty((await other.ReadAll()).Members);
    }

    [Fact]
    public async Task UpdateIAmAlive_ChangesTheTimeAndNoVersion()
    {
        var entry = Entry(1);
        await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next());
        var before = (await Table.ReadAll()).Version;
        entry.IAmAliveTime = s_start.AddMinutes(5);

        await Table.UpdateIAmAlive(entry);

        var after = await Table.ReadAll();
        Assert.Equal(before, after.Version);
        Assert.Equal(s_start.AddMinutes(5), Assert.Single(after.Members).Item1.IAmAliveTime);
    }

    [Theory]
    [InlineData(SiloStatus.Joining, false)]
    [InlineData(SiloStatus.Active, true)]
    [InlineData(SiloStatus.ShuttingDown, true)]
    [InlineData(SiloStatus.Dead, false)]
    public async Task Update_OfTheStatus_DecidesWhetherTheSiloMayWrite(SiloStatus status, bool canWrite)
    {
        await PutAsync(1, SiloStatus.Active);
        await PutAsync(1, status);

        Assert.Equal(canWrite, await CanWriteAsync(Address(1)));
        Assert.False(await CanWriteAsync(Address(2)));
    }

    [Fact]
    public async Task Cleanup_OfTheDead_KeepsTheOthers()
    {
        await PutAsync(1, SiloStatus.Active);
        await PutAsync(2, SiloStatus.Active);
        await PutAsync(2, SiloStatus.Dead);

        await Table.CleanupDefunctSiloEntries(new DateTimeOffset(s_start));
        Assert.Equal(2, (await Table.ReadAll()).Members.Count);
        await Table.CleanupDefunctSiloEntries(new DateTimeOffset(s_start).AddMinutes(1));

        Assert.Equal(Address(1), Assert.Single((await Table.ReadAll()).Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task Gateways_AreThoseOfActiveSilos()
    {
        await PutAsync(1, SiloStatus.Active);
        await PutAsync(2, SiloStatus.Joining);
        var gateways = new PostgresGateways(Table);
        await gateways.InitializeGatewayListProvider();

        Assert.Equal(SiloAddress.New(IPAddress.Loopback, 30001, 0), Assert.Single(await gateways.GetGateways()).ToGatewayAddress());
    }

    private PostgresMembershipTable NewTable(string cluster) =>
        new(_services!, new ClusterPart(new ClusterOptions { Id = cluster }, _database, HoldsGrains: true));

    private async Task PutAsync(int number, SiloStatus status)
    {
        var entry = Entry(number);
        entry.Status = status;
        var known = await Table.ReadAll();
        Assert.True(known.TryGet(entry.SiloAddress) is { } row
            ? await Table.UpdateRow(entry, row.Item2, known.Version.Next())
            : await Table.InsertRow(entry, known.Version.Next()));
    }

    private async Task<bool> CanWriteAsync(SiloAddress silo)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync(Stop);
        await using var fence = new NpgsqlCommand("SELECT actors_begin_batch(gen_random_uuid(), 0, 1, 'c', $1, $2)", connection);
        fence.Parameters.Add(new() { Value = SiloNames.Id(silo) });
        fence.Parameters.Add(new() { Value = SiloNames.Epoch(silo) });
        // The fence comes first: it is another refusal that the writer is unknown.
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => fence.ExecuteNonQueryAsync(Stop));
        return refusal.SqlState == "AC002";
    }

    private static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, 11110 + number, 70 + number);

    private static MembershipEntry Entry(int number) => new()
    {
        SiloAddress = Address(number),
        Status = SiloStatus.Joining,
        ProxyPort = 30000 + number,
        HostName = "host",
        SiloName = $"silo {number}",
        StartTime = s_start,
        IAmAliveTime = s_start,
    };
}
