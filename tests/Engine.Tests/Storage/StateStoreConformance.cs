using System.Text;
using Actors.Silo.Storage;

namespace Actors.Engine.Tests.Storage;

public abstract class StateStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private static readonly StateKey s_key = new("tally-certificate", "certificate:1");

    private IStateStore Store => Storage.Service<IStateStore>();

    [Fact]
    public async Task Read_WithoutRow_ReturnsNull() => Assert.Null(await Store.ReadAsync(s_key, Cancel));

    [Fact]
    public async Task Write_WithoutETagAndRow_InsertsIt()
    {
        var result = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);

        Assert.Equal(StateWriteStatus.Written, result.Status);
        var stored = await Store.ReadAsync(s_key, Cancel);
        Assert.Equal("one", Encoding.UTF8.GetString(stored!.Payload));
        Assert.Equal(result.ETag, stored.ETag);
    }

    [Fact]
    public async Task Write_WithoutETagOverARow_IsAConflictThatNamesTheStoredETag()
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);

        var second = await Store.WriteAsync(s_key, "two"u8.ToArray(), etag: null, Cancel);

        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, first.ETag), second);
        Assert.Equal("one", await ReadTextAsync());
    }

    [Fact]
    public async Task Write_WithTheStoredETag_ReplacesTheRowAndItsETag()
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);

        var second = await Store.WriteAsync(s_key, "two"u8.ToArray(), first.ETag, Cancel);

        Assert.Equal(StateWriteStatus.Written, second.Status);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal("two", await ReadTextAsync());
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("")]
    [InlineData("no etag at all")]
    [InlineData("0000000000000000")]
    public async Task Write_WithAnotherETag_IsAConflict(string etag)
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);

        var second = await Store.WriteAsync(s_key, "two"u8.ToArray(), etag, Cancel);

        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, first.ETag), second);
        Assert.Equal("one", await ReadTextAsync());
    }

    [Fact]
    public async Task Write_WithAnETagButNoRow_DoesNotMakeOne()
    {
        var result = await Store.WriteAsync(s_key, "one"u8.ToArray(), "0123456789abcdef", Cancel);

        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, ETag: null), result);
        Assert.Null(await Store.ReadAsync(s_key, Cancel));
    }

    [Fact]
    public async Task Write_AfterAClearWithTheOldETag_DoesNotResurrectTheRow()
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);
        await Store.ClearAsync(s_key, first.ETag!, Cancel);

        var late = await Store.WriteAsync(s_key, "late"u8.ToArray(), first.ETag, Cancel);

        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, ETag: null), late);
        Assert.Null(await Store.ReadAsync(s_key, Cancel));
    }

    [Fact]
    public async Task Write_OverARecreatedRowWithTheOldETag_IsAConflict()
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);
        await Store.ClearAsync(s_key, first.ETag!, Cancel);
        var again = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);

        var late = await Store.WriteAsync(s_key, "late"u8.ToArray(), first.ETag, Cancel);

        Assert.NotEqual(first.ETag, again.ETag);
        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, again.ETag), late);
        Assert.Equal("one", await ReadTextAsync());
    }

    [Fact]
    public async Task Clear_WithTheStoredETag_RemovesTheRow()
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);

        var cleared = await Store.ClearAsync(s_key, first.ETag!, Cancel);

        Assert.Equal(new StateWriteResult(StateWriteStatus.Written, ETag: null), cleared);
        Assert.Null(await Store.ReadAsync(s_key, Cancel));
    }

    [Fact]
    public async Task Clear_WithAnotherETag_IsAConflict()
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);

        var cleared = await Store.ClearAsync(s_key, "0123456789abcdef", Cancel);

        Assert.Equal(new StateWriteResult(StateWriteStatus.Conflict, first.ETag), cleared);
        Assert.Equal("one", await ReadTextAsync());
    }

    [Fact]
    public async Task Write_OfEqualKeysUnderOtherNames_KeepsThemApart()
    {
        var other = s_key with { Name = "tally-reader" };
        await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);
        await Store.WriteAsync(other, "two"u8.ToArray(), etag: null, Cancel);

        Assert.Equal("one", await ReadTextAsync());
        Assert.Equal("two", Encoding.UTF8.GetString((await Store.ReadAsync(other, Cancel))!.Payload));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Write_OfAnySize_KeepsEveryByte(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);

        await Store.WriteAsync(s_key, payload, etag: null, Cancel);

        Assert.Equal(payload, (await Store.ReadAsync(s_key, Cancel))!.Payload);
    }

    [Fact]
    public async Task Write_OfKeysInAnyScript_KeepsThemApart()
    {
        string[] keys = ["", "é", "e\u0301", "ключ", "鍵", "🔑", "a b", "A B", new string('x', 2_000)];
        foreach (var key in keys)
        {
            await Store.WriteAsync(new StateKey("name", key), Encoding.UTF8.GetBytes(key), etag: null, Cancel);
        }

        foreach (var key in keys)
        {
            Assert.Equal(Encoding.UTF8.GetBytes(key), (await Store.ReadAsync(new StateKey("name", key), Cancel))!.Payload);
        }
    }

    [Fact]
    public async Task Write_OfOneKeyByManyAtOnce_LetsOneWin()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            Store.WriteAsync(s_key, [(byte)i], etag: null, Cancel).AsTask()));

        var winner = Assert.Single(results, result => result.Status == StateWriteStatus.Written);
        Assert.All(results, result => Assert.Equal(winner.ETag, result.ETag));
    }

    [Fact]
    public async Task Write_OfOneRowByManyAtOnce_LosesNoChange()
    {
        await Store.WriteAsync(s_key, BitConverter.GetBytes(0), etag: null, Cancel);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(IncrementAsync, Cancel)));

        Assert.Equal(200, BitConverter.ToInt32((await Store.ReadAsync(s_key, Cancel))!.Payload));

        async Task IncrementAsync()
        {
            for (var done = 0; done < 25;)
            {
                var stored = await Store.ReadAsync(s_key, Cancel);
                var next = BitConverter.GetBytes(BitConverter.ToInt32(stored!.Payload) + 1);
                done += (await Store.WriteAsync(s_key, next, stored.ETag, Cancel)).Status == StateWriteStatus.Written ? 1 : 0;
            }
        }
    }

    [Fact]
    public async Task Write_OfManyKeysAtOnce_StoresThemAll()
    {
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i =>
            Store.WriteAsync(new StateKey("many", $"key:{i}"), BitConverter.GetBytes(i), etag: null, Cancel).AsTask()));

        for (var i = 0; i < 2_000; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await Store.ReadAsync(new StateKey("many", $"key:{i}"), Cancel))!.Payload));
        }
    }

    [Fact]
    public async Task Write_WhenCanceledBefore_ThrowsAndWritesNothing()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, canceled.Token));

        Assert.Null(await Store.ReadAsync(s_key, Cancel));
    }

    [Fact]
    public async Task Write_BeforeARestart_IsThereAfterIt()
    {
        var first = await Store.WriteAsync(s_key, "one"u8.ToArray(), etag: null, Cancel);
        Storage.Restart();

        Assert.Equal("one", await ReadTextAsync());
        Assert.Equal(StateWriteStatus.Written, (await Store.WriteAsync(s_key, "two"u8.ToArray(), first.ETag, Cancel)).Status);
    }

    private async Task<string> ReadTextAsync() => Encoding.UTF8.GetString((await Store.ReadAsync(s_key, Cancel))!.Payload);
}

public sealed class MemoryStateStoreTests : StateStoreConformance<MemoryHarness>;

public sealed class SqliteStateStoreTests : StateStoreConformance<SqliteHarness>;

public sealed class PostgresStateStoreTests : StateStoreConformance<PostgresHarness>;
