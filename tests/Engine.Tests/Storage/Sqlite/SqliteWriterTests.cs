using Actors.Silo.Storage;
using Actors.Silo.Storage.Sqlite;
using SQLitePCL;

namespace Actors.Engine.Tests.Storage.Sqlite;

public sealed class SqliteWriterTests
{
    private static readonly Sql s_badRow = new("INSERT INTO setting (name, value) VALUES ('half written', NULL)");
    private static readonly Sql s_goodRow = new("INSERT INTO setting (name, value) VALUES ('half written', x'00')");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_OfManyItemsAtOnce_IsOneTransaction()
    {
        var commits = 0;
        using var storage = new SqliteFixture(options => options with { BeforeCommit = () => commits++ });

        await storage.InOneBatchAsync([.. Enumerable.Range(0, 100).Select<int, Func<Task>>(i => () => storage.InsertAsync(i).AsTask())]);

        Assert.Equal(2, commits);
        Assert.Equal("99", await storage.ReadAsync(99));
    }

    [Fact]
    public async Task Write_OfOneKeyTwiceAtOnce_GoesToTheNextTransactionInOrder()
    {
        var commits = 0;
        using var storage = new SqliteFixture(options => options with { BeforeCommit = () => commits++ });

        var results = new StateWriteResult[3];
        await storage.InOneBatchAsync(
            async () => results[0] = await storage.State.WriteAsync(SqliteFixture.Key(1), "a"u8.ToArray(), etag: null, Cancel),
            async () => results[1] = await storage.State.WriteAsync(SqliteFixture.Key(1), "b"u8.ToArray(), etag: null, Cancel),
            async () => results[2] = await storage.State.WriteAsync(SqliteFixture.Key(1), "c"u8.ToArray(), etag: null, Cancel));

        Assert.Equal(4, commits);
        Assert.Equal("a", await storage.ReadAsync(1));
        Assert.Equal([StateWriteStatus.Written, StateWriteStatus.Conflict, StateWriteStatus.Conflict], results.Select(result => result.Status));
    }

    [Fact]
    public async Task Write_OfABadRowAmongOthers_FailsAlone()
    {
        using var storage = new SqliteFixture();

        var writes = await storage.InOneBatchAsync(
            () => storage.InsertAsync(1).AsTask(),
            () => WriteHalfAsync(storage),
            () => storage.InsertAsync(2).AsTask());

        var failure = await Assert.ThrowsAsync<IOException>(() => writes[1]);
        Assert.Contains("NOT NULL", failure.Message, StringComparison.Ordinal);
        await writes[0];
        await writes[2];
        Assert.Equal(("1", "2"), (await storage.ReadAsync(1), await storage.ReadAsync(2)));
        Assert.Null(await new SqliteSettingStore(storage.Database).ReadAsync("half written", Cancel));
        Assert.Null(storage.Database.Problem);
    }

    [Fact]
    public async Task Write_ThatThrowsAnythingAfterItWrote_IsUndoneAlone()
    {
        using var storage = new SqliteFixture();

        var writes = await storage.InOneBatchAsync(
            () => storage.InsertAsync(1).AsTask(),
            () => storage.Database.WriteAsync(0, static (session, _) =>
                session[s_goodRow].Run() == 1 ? throw new FormatException("a bug") : 0, Cancel).AsTask());

        await Assert.ThrowsAsync<FormatException>(() => writes[1]);
        await writes[0];
        Assert.Equal("1", await storage.ReadAsync(1));
        Assert.Null(await new SqliteSettingStore(storage.Database).ReadAsync("half written", Cancel));
    }

    [Fact]
    public async Task Write_WhenTheConnectionIsLostAfterCommit_IsKnownToBeIn()
    {
        var lose = true;
        using var storage = new SqliteFixture(options => options with { AfterCommit = () => Lose(ref lose) });

        var writes = await storage.InOneBatchAsync(() => storage.InsertAsync(1).AsTask(), () => storage.InsertAsync(2).AsTask());

        await Task.WhenAll(writes);
        Assert.False(lose);
        Assert.Equal(("1", "2"), (await storage.ReadAsync(1), await storage.ReadAsync(2)));
        Assert.Equal(StateWriteStatus.Conflict, (await storage.InsertAsync(1)).Status);
    }

    [Fact]
    public async Task Write_WhenTheConnectionIsLostBeforeCommit_IsWrittenOnANewOne()
    {
        var lose = true;
        using var storage = new SqliteFixture(options => options with { BeforeCommit = () => Lose(ref lose) });

        Assert.Equal(StateWriteStatus.Written, (await storage.InsertAsync(1)).Status);
        Assert.False(lose);
        Assert.Equal("1", await storage.ReadAsync(1));
    }

    [Fact]
    public async Task Write_WhenNoCommitSucceeds_FailsAsIOExceptionAndWritesNothing()
    {
        var broken = true;
        using var storage = new SqliteFixture(options => options with
        {
            BeforeCommit = () => _ = broken ? throw new SqliteFailure(raw.SQLITE_IOERR, "disk I/O error") : 0,
        });

        await Assert.ThrowsAsync<IOException>(async () => await storage.InsertAsync(1));
        Assert.NotNull(storage.Database.Problem);
        Assert.False(await storage.Database.ProbeAsync(Cancel));

        broken = false;
        Assert.Null(await storage.ReadAsync(1));
        Assert.True(await storage.Database.ProbeAsync(Cancel));
        Assert.Null(storage.Database.Problem);
        Assert.Equal(StateWriteStatus.Written, (await storage.InsertAsync(1)).Status);
    }

    [Fact]
    public async Task Write_CanceledInTheQueue_IsNotWritten()
    {
        using var storage = new SqliteFixture();
        using var canceled = new CancellationTokenSource();

        var writes = await storage.InOneBatchAsync(
            () => storage.State.WriteAsync(SqliteFixture.Key(1), [1], etag: null, canceled.Token).AsTask(),
            () => storage.InsertAsync(2).AsTask(),
            canceled.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writes[0]);
        Assert.Null(await storage.ReadAsync(1));
        Assert.Equal("2", await storage.ReadAsync(2));
    }

    [Fact]
    public async Task Write_OfMoreThanTheQueueHolds_WaitsForAPlace()
    {
        using var storage = new SqliteFixture(options => options with { QueueCapacity = 8, BatchRows = 3 });

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => storage.InsertAsync(i).AsTask()));

        Assert.Equal("499", await storage.ReadAsync(499));
    }

    [Fact]
    public async Task Dispose_WithWritesInTheQueue_WritesThem()
    {
        using var storage = new SqliteFixture();
        var writes = Enumerable.Range(0, 500).Select(i => storage.InsertAsync(i).AsTask()).ToList();

        storage.Restart();

        await Task.WhenAll(writes);
        Assert.Equal("499", await storage.ReadAsync(499));
    }

    [Fact]
    public async Task Write_AfterDispose_Throws()
    {
        using var storage = new SqliteFixture();
        storage.Database.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await storage.InsertAsync(1));
    }

    private static Task<int> WriteHalfAsync(SqliteFixture storage) =>
        storage.Database.WriteAsync(0, static (session, _) => session[s_goodRow].Run() + session[s_badRow].Run(), Cancel).AsTask();

    private static void Lose(ref bool lose)
    {
        if (lose)
        {
            lose = false;
            throw new SqliteFailure(raw.SQLITE_IOERR, "the connection is lost");
        }
    }
}
