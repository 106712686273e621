using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;

namespace Actors.Engine.Tests.Storage.Postgres;

public sealed class PostgresWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_OfManyAtOnce_IsOneTransaction()
    {
        await using var storage = await PostgresFixture.OpenAsync();

        await storage.InOneBatchAsync([.. Enumerable.Range(0, 100).Select<int, Func<Task>>(i => () => storage.InsertAsync(i))]);

        Assert.Equal([1, 100], storage.Batches);
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(DISTINCT xmin::text) FROM grain_state"));
        Assert.Equal("99", await storage.ReadAsync(99));
    }

    [Fact]
    public async Task Write_OfOneKeyTwiceAtOnce_GoesToTheNextTransactionInOrder()
    {
        await using var storage = await PostgresFixture.OpenAsync();

        var results = new StateWriteResult[3];
        await storage.InOneBatchAsync(
            async () => results[0] = await storage.State.WriteAsync(PostgresFixture.Key(1), "a"u8.ToArray(), etag: null, Cancel),
            async () => results[1] = await storage.State.WriteAsync(PostgresFixture.Key(1), "b"u8.ToArray(), etag: null, Cancel),
            async () => results[2] = await storage.State.WriteAsync(PostgresFixture.Key(1), "c"u8.ToArray(), etag: null, Cancel));

        Assert.Equal([1, 1, 1, 1], storage.Batches);
        Assert.Equal("a", await ReadTextAsync(storage, 1));
        Assert.Equal([StateWriteStatus.Written, StateWriteStatus.Conflict, StateWriteStatus.Conflict], results.Select(result => result.Status));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\uD800')]
    public async Task Write_OfABadRowAmongOthers_FailsAlone(char refused)
    {
        await using var storage = await PostgresFixture.OpenAsync();

        var writes = await storage.InOneBatchAsync([
            () => storage.State.WriteAsync(new StateKey("state", $"key {refused}"), [1], etag: null, Cancel).AsTask(),
            .. Enumerable.Range(0, 20).Select<int, Func<Task>>(i => () => storage.InsertAsync(i))]);

        await Assert.ThrowsAsync<IOException>(() => writes[0]);
        await Task.WhenAll(writes[1..]);
        Assert.Equal(20, await storage.ScalarAsync<long>("SELECT count(*) FROM grain_state"));
        Assert.Null(storage.Database.Problem);
    }

    [Fact]
    public async Task Write_OfMixedKindsAtOnce_AnswersEachItsOwn()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        var one = await storage.InsertAsync(1);
        var two = await storage.InsertAsync(2);
        var three = await storage.InsertAsync(3);

        var results = new StateWriteResult[5];
        await storage.InOneBatchAsync(
            async () => results[0] = await storage.WriteAsync(1, one.ETag),
            async () => results[1] = await storage.WriteAsync(2, one.ETag),
            async () => results[2] = await storage.State.ClearAsync(PostgresFixture.Key(3), three.ETag!, Cancel),
            async () => results[3] = await storage.InsertAsync(4),
            async () => results[4] = await storage.State.ClearAsync(PostgresFixture.Key(5), three.ETag!, Cancel));

        Assert.Equal([1, 5], storage.Batches.TakeLast(2));
        Assert.Equal(StateWriteStatus.Written, results[0].Status);
        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, two.ETag), results[1]);
        Assert.Equal(new StateWriteResult(StateWriteStatus.Written, ETag: null), results[2]);
        Assert.Equal(StateWriteStatus.Written, results[3].Status);
        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, ETag: null), results[4]);
    }

    [Fact]
    public async Task Write_WhileAnotherTransactionHoldsTheRow_FailsAlone()
    {
        await using var storage = await PostgresFixture.OpenAsync(configure: options => options with { LockTimeoutMilliseconds = 100 });
        var first = await storage.InsertAsync(1);
        var second = await storage.InsertAsync(2);
        await using var other = await storage.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync(Cancel);
        await PostgresFixture.ScalarAsync<long>(other, "SELECT etag FROM grain_state WHERE key = 'key:1' FOR UPDATE");

        var writes = await storage.InOneBatchAsync(() => storage.WriteAsync(1, first.ETag), () => storage.WriteAsync(2, second.ETag));

        var failure = await Assert.ThrowsAsync<IOException>(() => writes[0]);
        Assert.Contains("another transaction", failure.Message, StringComparison.Ordinal);
        await writes[1];
    }

    [Fact]
    public async Task Write_ThatMeetsADeadlock_IsRepeated()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        var etags = new[] { (await storage.InsertAsync(0)).ETag, (await storage.InsertAsync(1)).ETag };
        await using var other = await storage.ConnectAsync();
        await PostgresFixture.ScalarAsync<object>(other, "SET deadlock_timeout = '60s'");
        await using var transaction = await other.BeginTransactionAsync(Cancel);
        // The batch goes in key order: the other one holds the last and then wants the first.
        await PostgresFixture.ScalarAsync<long>(other, "SELECT etag FROM grain_state ORDER BY id DESC LIMIT 1 FOR UPDATE");

        var writes = storage.InOneBatchAsync(() => storage.WriteAsync(0, etags[0]), () => storage.WriteAsync(1, etags[1]));
        await storage.BlockedAsync(1);
        await PostgresFixture.ScalarAsync<long>(other, "SELECT etag FROM grain_state ORDER BY id LIMIT 1 FOR UPDATE");
        await transaction.CommitAsync(Cancel);

        await Task.WhenAll(await writes);
        Assert.Equal([2, 2], storage.Batches.TakeLast(2));
    }

    [Fact]
    public async Task Probe_OfAServerThatWrites_IsHealthy()
    {
        await using var storage = await PostgresFixture.OpenAsync();

        Assert.True(await storage.Database.ProbeAsync(Cancel));
        Assert.Null(storage.Database.Problem);
    }

    [Fact]
    public async Task Write_OfThousandsAtOnce_KeepsToEightConnections()
    {
        await using var storage = await PostgresFixture.OpenAsync(configure: options => options with { Writers = 2 });

        await Task.WhenAll(Enumerable.Range(0, 3_000).Select(storage.InsertAsync));
        await Task.WhenAll(Enumerable.Range(0, 3_000).Select(storage.ReadAsync));
        var reminders = new PostgresReminderStore(storage.Database);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => reminders.ReadGrainAsync("type", $"{i}", Cancel).AsTask()));

        var connections = await storage.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'test'");
        Assert.InRange(connections, 1, 8);
    }

    private static async Task<string> ReadTextAsync(PostgresFixture storage, int i) =>
        System.Text.Encoding.UTF8.GetString((await storage.State.ReadAsync(PostgresFixture.Key(i), Cancel))!.Payload);
}
