using Actors.Silo.Storage;
using Actors.Silo.Storage.Sqlite;

namespace Actors.Engine.Tests.Storage.Sqlite;

public sealed class DataFolderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Open_ByASecondServer_IsRefusedWithFolderAndProcess()
    {
        using var storage = new SqliteFixture();

        var refusal = Assert.Throws<DataFolderInUseException>(() => SqliteDatabase.Open(storage.Options));

        Assert.Equal(Environment.ProcessId, refusal.ProcessId);
        Assert.Contains(storage.Options.DataPath, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AfterTheFirstServerClosed_Succeeds()
    {
        using var storage = new SqliteFixture();
        await storage.InsertAsync(1);

        storage.Restart();

        Assert.Equal("1", await storage.ReadAsync(1));
    }

    [Fact]
    public async Task Open_ByACommandBesideTheServer_SharesTheData()
    {
        using var storage = new SqliteFixture();
        using var command = SqliteDatabase.Open(storage.Options with { Exclusive = false });
        var token = new ApiToken("a", "from the command line", ["admin"], [1, 2, 3], DateTimeOffset.UnixEpoch, RevokedAt: null);

        Assert.True(await new SqliteTokenStore(command).InsertAsync(token, Cancel));
        await storage.InsertAsync(1);

        Assert.Equal(1, await new SqliteTokenStore(storage.Database).CountActiveAsync("admin", Cancel));
    }

    [Fact]
    public async Task Open_ByTenCommandsAtOnce_MakesOneSchemaAndOneFirstToken()
    {
        using var folder = new TemporaryFolder();
        var options = new SqliteOptions { DataPath = Path.Combine(folder.Path, "data"), Exclusive = false };

        var inserted = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () =>
        {
            using var command = SqliteDatabase.Open(options);
            var token = new ApiToken($"{i}", "first", ["admin"], [(byte)i], DateTimeOffset.UnixEpoch, RevokedAt: null);
            return await new SqliteTokenStore(command).InsertFirstAsync(token, "admin", Cancel);
        }, Cancel)));

        Assert.Single(inserted, won => won);
    }

    [Fact]
    public void Open_OfANewFolder_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            // A folder there inherits the rights of its parent.
            return;
        }

        using var storage = new SqliteFixture();
        var folder = storage.Options.DataPath;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        foreach (var file in Directory.GetFiles(folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Contains(Directory.GetFiles(folder), file => file.EndsWith("-wal", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_IsRefused()
    {
        using var storage = new SqliteFixture();
        storage.Database.Dispose();
        Alter(storage, "PRAGMA application_id=1");

        Assert.Contains("another program", Assert.Throws<InvalidDataException>(() => SqliteDatabase.Open(storage.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfANewerDatabase_IsRefused()
    {
        using var storage = new SqliteFixture();
        storage.Database.Dispose();
        Alter(storage, "PRAGMA user_version=999");

        Assert.Contains("newer version", Assert.Throws<InvalidDataException>(() => SqliteDatabase.Open(storage.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAFileThatIsNoDatabase_IsAnIOException()
    {
        using var storage = new SqliteFixture();
        storage.Database.Dispose();
        File.WriteAllText(Path.Combine(storage.Options.DataPath, "actors.db"), new string('x', 10_000));

        Assert.Throws<IOException>(() => SqliteDatabase.Open(storage.Options));
    }

    private static void Alter(SqliteFixture storage, string sql)
    {
        using var session = SqliteSession.OpenWriter(Path.Combine(storage.Options.DataPath, "actors.db"), storage.Options);
        session.Execute(sql);
    }
}
