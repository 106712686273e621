using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;

namespace Actors.Engine.Tests.Storage.Postgres;

/// <summary>What a silo writes requires its membership until the commit.</summary>
public sealed class PostgresFenceTests
{
    private const string Evict = "UPDATE cluster_silo SET state = 'dead'";

    private readonly Membership _membership = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ByAMember_IsWritten()
    {
        await using var storage = await JoinAsync();

        Assert.Equal(StateWriteStatus.Written, (await storage.InsertAsync(1)).Status);
    }

    [Fact]
    public async Task Write_BeforeJoining_WritesNothing()
    {
        await using var storage = await JoinAsync();
        _membership.Current = null;

        await Assert.ThrowsAsync<NotAMemberException>(() => storage.InsertAsync(1));

        Assert.Null(await storage.ReadAsync(1));
        Assert.Null(storage.Database.Problem);
    }

    [Theory]
    [InlineData("UPDATE cluster_silo SET state = 'dead'")]
    [InlineData("UPDATE cluster_silo SET state = 'joining'")]
    [InlineData("UPDATE cluster_silo SET epoch = epoch + 1")]
    [InlineData("UPDATE cluster_silo SET cluster = 'other'")]
    [InlineData("DELETE FROM cluster_silo")]
    public async Task Write_ByNoActiveMember_WritesNothingAtAll(string change)
    {
        await using var storage = await JoinAsync();
        var first = await storage.InsertAsync(1);
        await storage.ScalarAsync<object>(change);

        var writes = await storage.InOneBatchAsync(
            () => storage.State.ClearAsync(PostgresFixture.Key(1), first.ETag!, Cancel).AsTask(),
            () => storage.InsertAsync(2),
            () => new PostgresTallyLog(storage.Database, TimeProvider.System).AppendAsync(new Scans().Take(2), Cancel).AsTask(),
            () => new PostgresReminderStore(storage.Database).UpsertAsync(new ReminderKey("a", "b", "c"), default, default, Cancel).AsTask());

        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<NotAMemberException>(() => write);
        }

        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM grain_state"));
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT (SELECT count(*) FROM tally_event) + (SELECT count(*) FROM reminder)"));
    }

    [Fact]
    public async Task Write_ByASiloThatLeaves_IsWritten()
    {
        await using var storage = await JoinAsync();
        await storage.ScalarAsync<object>("UPDATE cluster_silo SET state = 'leaving'");

        await storage.InsertAsync(1);
    }

    [Fact]
    public async Task Write_AfterRejoiningUnderANewEpoch_IsWritten()
    {
        await using var storage = await JoinAsync();
        await storage.ScalarAsync<object>(Evict);
        await Assert.ThrowsAsync<NotAMemberException>(() => storage.InsertAsync(1));

        await AddAsync(storage);

        await storage.InsertAsync(1);
    }

    [Fact]
    public async Task Eviction_ThatCommitsWhileABatchWaits_LetsItWriteNothing()
    {
        await using var storage = await JoinAsync();
        await using var evictor = await storage.ConnectAsync();
        await using var transaction = await evictor.BeginTransactionAsync(Cancel);
        await PostgresFixture.ScalarAsync<object>(evictor, Evict);

        var write = storage.InsertAsync(1);
        await storage.BlockedAsync(1);
        await transaction.CommitAsync(Cancel);

        await Assert.ThrowsAsync<NotAMemberException>(() => write);
        Assert.Null(await storage.ReadAsync(1));
    }

    [Fact]
    public async Task Eviction_WhileABatchIsInItsTransaction_WaitsForItsCommit()
    {
        await using var storage = await JoinAsync();
        var first = await storage.InsertAsync(1);
        await using var other = await storage.ConnectAsync();
        await using var row = await other.BeginTransactionAsync(Cancel);
        await PostgresFixture.ScalarAsync<long>(other, "SELECT etag FROM grain_state FOR UPDATE");
        var write = storage.WriteAsync(1, first.ETag);
        await storage.BlockedAsync(1);

        var eviction = storage.ScalarAsync<object>(Evict);
        await storage.BlockedAsync(2);
        Assert.False(eviction.IsCompleted);
        await row.CommitAsync(Cancel);

        Assert.Equal(StateWriteStatus.Written, (await write).Status);
        await eviction;
        await Assert.ThrowsAsync<NotAMemberException>(() => storage.InsertAsync(2));
    }

    [Fact]
    public async Task Write_WhoseAnswerIsLostBeforeAnEviction_IsToldAsUnknown()
    {
        await using var storage = await JoinAsync();
        await storage.InsertAsync(1);
        storage.After = async () =>
        {
            storage.After = null;
            await storage.ScalarAsync<object>(Evict);
            await storage.TerminateAsync();
            throw new IOException("The answer is lost.");
        };

        var unknown = await Assert.ThrowsAsync<WriteUnknownException>(() => storage.InsertAsync(2));

        Assert.IsType<NotAMemberException>(unknown.InnerException);
        Assert.NotNull(await storage.ReadAsync(2));
        await Assert.ThrowsAsync<NotAMemberException>(() => storage.InsertAsync(3));
    }

    [Fact]
    public async Task EndWriters_OfAnEvictedSilo_EndsItsConnectionsOnly()
    {
        await using var storage = await JoinAsync();
        await storage.InsertAsync(1);
        await storage.Database.ProbeAsync(Cancel);

        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT actors_end_writers(1)"));
        Assert.Equal(1, await storage.ScalarAsync<long>($"SELECT actors_end_writers('{_membership.Current!.Epoch}')"));
        Assert.Equal(StateWriteStatus.Written, (await storage.InsertAsync(2)).Status);
    }

    [Fact]
    public async Task SharedWrite_ByNoMember_IsWritten()
    {
        await using var storage = await JoinAsync();
        await storage.ScalarAsync<object>(Evict);

        Assert.Equal([7], await new PostgresSettingStore(storage.Database).GetOrCreateAsync("key", () => [7], Cancel));
        Assert.True(await storage.Database.ProbeAsync(Cancel));
    }

    private async Task<PostgresFixture> JoinAsync()
    {
        var storage = await PostgresFixture.OpenAsync(configure: options => options with { Fence = _membership });
        await AddAsync(storage);
        return storage;
    }

    private async Task AddAsync(PostgresFixture storage)
    {
        var stamp = new MembershipStamp("test", "silo-1", Random.Shared.NextInt64(2, long.MaxValue));
        await storage.ScalarAsync<object>(
            $"INSERT INTO cluster_silo (cluster, id, epoch, state, address) VALUES ('{stamp.Cluster}', '{stamp.Silo}', '{stamp.Epoch}', 'active', '127.0.0.1:1')");
        _membership.Current = stamp;
    }

    private sealed class Membership : IMembershipFence
    {
        public MembershipStamp? Current { get; set; }
    }
}
