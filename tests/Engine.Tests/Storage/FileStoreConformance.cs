using Actors.Printing;

namespace Actors.Engine.Tests.Storage;

public abstract class FileStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private IFileStore Files => Storage.Service<IFileStore>();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 << 10)]
    [InlineData((256 << 10) + 1)]
    [InlineData(3_000_000)]
    public async Task Save_AContent_IsReadAsItWasAndLeavesTheSpool(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        var path = await SpoolAsync(content);

        await Files.SaveAsync("2026-01-01-ABC.pdf", path, Cancel);
        Storage.Restart();

        Assert.False(File.Exists(path));
        await using var stored = await Files.OpenAsync("2026-01-01-ABC.pdf", Cancel);
        Assert.Equal(length, stored!.Length);
        using var read = new MemoryStream();
        await stored.CopyToAsync(read, Cancel);
        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task Open_OfNoneOrADeletedOne_IsNull()
    {
        Assert.Null(await Files.OpenAsync("none.pdf", Cancel));
        await Files.SaveAsync("some.pdf", await SpoolAsync([1, 2, 3]), Cancel);

        await Files.DeleteAsync("some.pdf", Cancel);
        await Files.DeleteAsync("some.pdf", Cancel);

        Assert.Null(await Files.OpenAsync("some.pdf", Cancel));
    }

    [Theory]
    [InlineData("../actors.db")]
    [InlineData("..")]
    [InlineData(".spool")]
    [InlineData("a/b.pdf")]
    [InlineData("a\\b.pdf")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0b")]
    [InlineData("")]
    public async Task Open_OfANameThatLeadsElsewhere_IsNull(string name) => Assert.Null(await Files.OpenAsync(name, Cancel));

    [Fact]
    public async Task DeleteOld_LeavesWhatIsNew()
    {
        await Files.SaveAsync("some.pdf", await SpoolAsync([1, 2, 3]), Cancel);

        Assert.Equal(0, await Files.DeleteOldAsync(DateTimeOffset.UnixEpoch, Cancel));
        Assert.Equal(1, await Files.DeleteOldAsync(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), Cancel));

        Assert.Null(await Files.OpenAsync("some.pdf", Cancel));
    }

    private async Task<string> SpoolAsync(byte[] content)
    {
        var path = Path.Combine(Files.Spool, $"{Guid.NewGuid():N}.part");
        await File.WriteAllBytesAsync(path, content, Cancel);
        return path;
    }
}

public sealed class MemoryFileStoreTests : FileStoreConformance<MemoryHarness>;

public sealed class FolderFileStoreTests : FileStoreConformance<SqliteHarness>;

public sealed class PostgresFileStoreTests : FileStoreConformance<PostgresHarness>;
