using Actors.Notifications;

namespace Actors.Engine.Tests.Storage.Notifications;

public abstract class GroupStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private IGroupStore Groups => Storage.Service<IGroupStore>();

    [Fact]
    public async Task List_IsInTheOrderOfBytes_InParts()
    {
        // one beyond the basic plane comes after all within it, though not in UTF-16
        string[] users = ["A", "Z", "a", "é", "漢", "\uFF21", "😀"];
        await Groups.AddAsync("g", [.. users.Reverse()], Sample.Noon, Cancel);
        await Groups.AddAsync("other", ["b"], Sample.Noon, Cancel);
        Storage.Restart();

        var listed = new List<string>();
        while (await Groups.ListAsync("g", listed.LastOrDefault(), until: null, 2, Cancel) is { IsEmpty: false } part)
        {
            listed.AddRange(part);
        }

        Assert.Equal(users, listed);
        Assert.Equal(users.Length, await Groups.CountAsync("g", Cancel));
    }

    [Fact]
    public async Task Replace_KeepsTheTimeOfThoseWhoStay()
    {
        await Groups.ReplaceAsync("g", ["ada", "grace"], Sample.Noon, Cancel);

        await Groups.ReplaceAsync("g", ["grace", "lin"], Sample.Noon.AddHours(1), Cancel);

        Assert.Equal(["grace"], await Groups.ListAsync("g", after: null, Sample.Noon, 10, Cancel));
        Assert.Equal(["grace", "lin"], await Groups.ListAsync("g", after: null, Sample.Noon.AddHours(1), 10, Cancel));
        await Groups.ReplaceAsync("g", [], Sample.Noon, Cancel);
        Assert.Equal(0, await Groups.CountAsync("g", Cancel));
    }

    [Fact]
    public async Task Remove_TellsHowManyThereWere()
    {
        await Groups.AddAsync("g", ["ada", "grace", "ada"], Sample.Noon, Cancel);

        Assert.Equal(1, await Groups.RemoveAsync("g", ["ada", "lin"], Cancel));
        Assert.Equal(["grace"], await Groups.ListAsync("g", after: null, until: null, 10, Cancel));
    }

    [Fact]
    public async Task Replace_OfManyMembers_IsWhole()
    {
        await Groups.ReplaceAsync("g", Sample.Users(20_000), Sample.Noon, Cancel);
        await Groups.ReplaceAsync("g", [.. Sample.Users(30_000).Skip(10_000)], Sample.Noon, Cancel);

        Assert.Equal(20_000, await Groups.CountAsync("g", Cancel));
    }
}

public sealed class MemoryGroupStoreTests : GroupStoreConformance<MemoryHarness>;

public sealed class SqliteGroupStoreTests : GroupStoreConformance<SqliteHarness>;

public sealed class PostgresGroupStoreTests : GroupStoreConformance<PostgresHarness>;
