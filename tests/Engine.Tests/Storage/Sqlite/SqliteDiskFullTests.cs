using Actors.Silo.Storage.Sqlite;

namespace Actors.Engine.Tests.Storage.Sqlite;

/// <summary>SQLite's own limit on the file's size fails exactly where a full disk does.</summary>
public sealed class SqliteDiskFullTests : IDisposable
{
    private readonly SqliteFixture _storage = new(options => options with { MaxPages = 80 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _storage.Dispose();

    [Fact]
    public async Task Write_WhenFull_FailsClearlyAndIsUnhealthyUntilThereIsRoom()
    {
        var written = await FillAsync();

        Assert.Contains("full", _storage.Database.Problem, StringComparison.Ordinal);
        Assert.False(await _storage.Database.ProbeAsync(Cancel));
        Assert.Equal("0", await _storage.ReadAsync(0));

        _storage.Options = _storage.Options with { MaxPages = null };
        _storage.Restart();

        Assert.True(await _storage.Database.ProbeAsync(Cancel));
        Assert.Null(_storage.Database.Problem);
        Assert.Equal(written, await CountAsync());
        await _storage.InsertAsync(100_000);
    }

    [Fact]
    public async Task Append_WhenFull_AppendsAllOrNone()
    {
        await FillAsync();
        var log = new SqliteTallyLog(_storage.Database, TimeProvider.System);
        var reader = new Scans();
        var rows = reader.Take(1_000);

        await Assert.ThrowsAsync<IOException>(async () => await log.AppendAsync(rows, Cancel));

        Assert.Equal((0, null), await log.LastAsync(reader.ReaderId, Cancel));
        Assert.Empty(await log.ReadUndecidedAsync(reader.ReaderId, 10, Cancel));

        _storage.Options = _storage.Options with { MaxPages = null };
        _storage.Restart();
        log = new SqliteTallyLog(_storage.Database, TimeProvider.System);
        Assert.Equal(rows, await log.AppendAsync(rows, Cancel));
    }

    [Fact]
    public async Task Write_WhenFull_LetsRowsThatNeedNoRoomThrough()
    {
        var first = await _storage.InsertAsync(100_000);
        await FillAsync();

        var writes = await _storage.InOneBatchAsync(
            () => _storage.State.WriteAsync(SqliteFixture.Key(100_001), new byte[100_000], etag: null, Cancel).AsTask(),
            () => _storage.State.ClearAsync(SqliteFixture.Key(100_000), first.ETag!, Cancel).AsTask());

        await Assert.ThrowsAsync<IOException>(() => writes[0]);
        await writes[1];
        Assert.Null(await _storage.ReadAsync(100_000));
    }

    private async Task<int> FillAsync()
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await _storage.InsertAsync(i);
            }
            catch (IOException e)
            {
                Assert.Contains("Nothing was written", e.Message, StringComparison.Ordinal);
                return i;
            }
        }
    }

    private async Task<int> CountAsync()
    {
        var count = 0;
        while (await _storage.ReadAsync(count) is not null)
        {
            count++;
        }

        return count;
    }
}
