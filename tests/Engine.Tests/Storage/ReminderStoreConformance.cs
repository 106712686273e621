using Actors.Silo.Storage;

namespace Actors.Engine.Tests.Storage;

public abstract class ReminderStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private static readonly ReminderKey s_key = new("reader", "reader:1", "undecided");
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(5);

    private IReminderStore Store => Storage.Service<IReminderStore>();

    private DateTimeOffset Now => Storage.Clock.Now;

    [Fact]
    public async Task Upsert_OfANewOne_IsReadAsItWasPut()
    {
        var row = await Store.UpsertAsync(s_key, Now, s_period, Cancel);
        Storage.Restart();

        Assert.Equal(row, await Store.ReadAsync(s_key, Cancel));
        Assert.Equal((Now, s_period, Now, Now), (row.StartAt, row.Period, row.DueAt, row.AttemptAt));
        Assert.Null(await Store.ReadAsync(s_key with { Name = "other" }, Cancel));
    }

    [Fact]
    public async Task Upsert_OverAClaimedOne_VoidsTheClaim()
    {
        var row = await Store.UpsertAsync(s_key, Now, s_period, Cancel);
        var claimed = await Store.ClaimAsync(row, Now.AddMinutes(1), Cancel);

        var replaced = await Store.UpsertAsync(s_key, Now.AddHours(1), s_period, Cancel);

        Assert.False(await Store.CompleteAsync(claimed!, Now.AddDays(1), Cancel));
        Assert.Equal(replaced, await Store.ReadAsync(s_key, Cancel));
    }

    [Fact]
    public async Task ReadGrain_OfSeveral_ListsItsOwnByName()
    {
        await Store.UpsertAsync(s_key with { Name = "b" }, Now, s_period, Cancel);
        await Store.UpsertAsync(s_key with { Name = "a" }, Now, s_period, Cancel);
        await Store.UpsertAsync(s_key with { GrainKey = "reader:2" }, Now, s_period, Cancel);
        await Store.UpsertAsync(s_key with { GrainType = "campaign" }, Now, s_period, Cancel);

        Assert.Equal(["a", "b"], (await Store.ReadGrainAsync("reader", "reader:1", Cancel)).Select(row => row.Key.Name));
    }

    [Fact]
    public async Task ReadDue_BeforeATime_ListsTheEarliestFirst()
    {
        for (var i = 5; i > 0; i--)
        {
            await Store.UpsertAsync(s_key with { Name = $"{i}" }, Now.AddMinutes(i), s_period, Cancel);
        }

        Assert.Equal(["1", "2", "3"], (await Store.ReadDueAsync(Now.AddMinutes(4), 10, Cancel)).Select(row => row.Key.Name));
        Assert.Equal(["1", "2"], (await Store.ReadDueAsync(Now.AddMinutes(4), 2, Cancel)).Select(row => row.Key.Name));
    }

    [Fact]
    public async Task ReadPage_AfterEachPage_ListsAllInTheOrderOfTheirKeys()
    {
        foreach (var (type, key, name) in new[] { ("b", "1", "x"), ("a", "2", "y"), ("a", "2", "x"), ("a", "10", "x"), ("b", "1", "X") })
        {
            await Store.UpsertAsync(new ReminderKey(type, key, name), Now, s_period, Cancel);
        }

        var read = new List<ReminderKey>();
        for (ReminderKey? last = null; await Store.ReadPageAsync(last, 2, Cancel) is [.., var end] page; last = end.Key)
        {
            read.AddRange(page.Select(row => row.Key));
        }

        Assert.Equal(["a/10/x", "a/2/x", "a/2/y", "b/1/X", "b/1/x"], read.Select(row => $"{row.GrainType}/{row.GrainKey}/{row.Name}"));
    }

    [Fact]
    public async Task Claim_ByManyAtOnce_LetsOneHaveIt()
    {
        var row = await Store.UpsertAsync(s_key, Now, s_period, Cancel);

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Store.ClaimAsync(row, Now.AddMinutes(1), Cancel).AsTask()));

        var claimed = Assert.Single(claims, claim => claim is not null);
        Assert.Equal((Now, Now.AddMinutes(1)), (claimed!.DueAt, claimed.AttemptAt));
        Assert.Empty(await Store.ReadDueAsync(Now.AddSeconds(30), 10, Cancel));
    }

    [Fact]
    public async Task Claim_OfOneWhoseClaimExpired_VoidsTheFirst()
    {
        var row = await Store.UpsertAsync(s_key, Now, s_period, Cancel);
        var first = await Store.ClaimAsync(row, Now.AddMinutes(1), Cancel);
        var due = Assert.Single(await Store.ReadDueAsync(Now.AddMinutes(2), 10, Cancel));

        var second = await Store.ClaimAsync(due, Now.AddMinutes(3), Cancel);

        Assert.False(await Store.CompleteAsync(first!, Now.AddMinutes(5), Cancel));
        Assert.True(await Store.CompleteAsync(second!, Now.AddMinutes(5), Cancel));
        Assert.Equal(Now.AddMinutes(5), Assert.Single(await Store.ReadDueAsync(Now.AddMinutes(6), 10, Cancel)).DueAt);
    }

    [Fact]
    public async Task Delete_OfAClaimedOne_RemovesItForGood()
    {
        var row = await Store.UpsertAsync(s_key, Now, s_period, Cancel);
        var claimed = await Store.ClaimAsync(row, Now.AddMinutes(1), Cancel);

        Assert.True(await Store.DeleteAsync(s_key, Cancel));

        Assert.False(await Store.DeleteAsync(s_key, Cancel));
        Assert.False(await Store.CompleteAsync(claimed!, Now.AddMinutes(5), Cancel));
        Assert.Null(await Store.ReadAsync(s_key, Cancel));
    }
}

public sealed class MemoryReminderStoreTests : ReminderStoreConformance<MemoryHarness>;

public sealed class SqliteReminderStoreTests : ReminderStoreConformance<SqliteHarness>;

public sealed class PostgresReminderStoreTests : ReminderStoreConformance<PostgresHarness>;
