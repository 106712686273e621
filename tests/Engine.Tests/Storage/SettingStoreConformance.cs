using Actors.Silo.Storage;

namespace Actors.Engine.Tests.Storage;

public abstract class SettingStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private ISettingStore Store => Storage.Service<ISettingStore>();

    [Fact]
    public async Task Read_OfNone_ReturnsNull() => Assert.Null(await Store.ReadAsync("vapid", Cancel));

    [Fact]
    public async Task GetOrCreate_ByManyAtOnce_GivesAllTheSameValue()
    {
        var values = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(async () => await Store.GetOrCreateAsync("vapid", () => [(byte)i], Cancel), Cancel)));
        Storage.Restart();

        var stored = await Store.ReadAsync("vapid", Cancel);
        Assert.All(values, value => Assert.Equal(stored, value));
        Assert.Equal(stored, await Store.GetOrCreateAsync("vapid", () => [99], Cancel));
        Assert.Equal([99], await Store.GetOrCreateAsync("other", () => [99], Cancel));
    }
}

public sealed class MemorySettingStoreTests : SettingStoreConformance<MemoryHarness>;

public sealed class SqliteSettingStoreTests : SettingStoreConformance<SqliteHarness>;

public sealed class PostgresSettingStoreTests : SettingStoreConformance<PostgresHarness>;
