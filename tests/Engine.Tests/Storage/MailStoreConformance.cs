using Actors.Silo.Storage;

namespace Actors.Engine.Tests.Storage;

public abstract class MailStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private IMailStore Store => Storage.Service<IMailStore>();

    private DateTimeOffset Now => Storage.Clock.Now;

    [Fact]
    public async Task Enqueue_OfAKnownId_IsRefused()
    {
        Assert.True(await Store.EnqueueAsync("a", [1], Now, Cancel));

        Assert.False(await Store.EnqueueAsync("a", [2], Now, Cancel));
        Assert.Equal([1], (await Store.ReadAsync("a", Cancel))!.Payload);
        Assert.Null(await Store.ReadAsync("b", Cancel));
    }

    [Fact]
    public async Task ClaimDue_OfSeveral_TakesABoundedNumberTheEarliestFirst()
    {
        await Store.EnqueueAsync("later", [3], Now.AddMinutes(1), Cancel);
        await Store.EnqueueAsync("second", [2], Now, Cancel);
        await Store.EnqueueAsync("first", [1], Now.AddMinutes(-1), Cancel);
        Assert.Equal(Now.AddMinutes(-1), await Store.NextDueAsync(Cancel));

        var claimed = await Store.ClaimDueAsync(Now, Now.AddMinutes(5), 10, Cancel);

        Assert.Equal([("first", 1), ("second", 1)], claimed.Select(mail => (mail.Id, mail.Tries)));
        Assert.All(claimed, mail => Assert.Equal(Now.AddMinutes(5), mail.NextAttemptAt));
        Assert.Empty(await Store.ClaimDueAsync(Now, Now.AddMinutes(5), 10, Cancel));
        Assert.Equal(["later"], (await Store.ClaimDueAsync(Now.AddHours(1), Now.AddHours(2), 1, Cancel)).Select(mail => mail.Id));
    }

    [Fact]
    public async Task MarkSent_OfAClaimedOne_EndsIt()
    {
        await Store.EnqueueAsync("a", [1], Now, Cancel);
        await Store.ClaimDueAsync(Now, Now.AddMinutes(5), 10, Cancel);

        await Store.MarkSentAsync("a", Cancel);
        await Store.MarkFailedAsync("a", "late", Now, Cancel);

        Storage.Restart();
        Assert.Equal(MailState.Sent, (await Store.ReadAsync("a", Cancel))!.State);
        Assert.Empty(await Store.ClaimDueAsync(Now.AddDays(1), Now.AddDays(2), 10, Cancel));
        Assert.False(await Store.EnqueueAsync("a", [1], Now, Cancel));
        Assert.Null(await Store.NextDueAsync(Cancel));
    }

    [Fact]
    public async Task MarkFailed_WithARetry_IsDueAgain()
    {
        await Store.EnqueueAsync("a", [1], Now, Cancel);
        await Store.ClaimDueAsync(Now, Now.AddMinutes(5), 10, Cancel);

        await Store.MarkFailedAsync("a", "421 busy", Now.AddMinutes(2), Cancel);

        var mail = Assert.Single(await Store.ClaimDueAsync(Now.AddMinutes(2), Now.AddMinutes(9), 10, Cancel));
        Assert.Equal((2, "421 busy", MailState.Queued), (mail.Tries, mail.LastError, mail.State));
    }

    [Fact]
    public async Task MarkFailed_WithoutARetry_GivesUp()
    {
        await Store.EnqueueAsync("a", [1], Now, Cancel);

        await Store.MarkFailedAsync("a", "550 no such user", retryAt: null, Cancel);

        var mail = await Store.ReadAsync("a", Cancel);
        Assert.Equal(("550 no such user", MailState.Failed), (mail!.LastError, mail.State));
        Assert.Null(await Store.NextDueAsync(Cancel));
    }

    [Fact]
    public async Task DeleteDone_BeforeATime_KeepsTheQueue()
    {
        foreach (var id in new[] { "sent", "failed", "queued" })
        {
            await Store.EnqueueAsync(id, [1], Now, Cancel);
        }

        await Store.MarkSentAsync("sent", Cancel);
        await Store.MarkFailedAsync("failed", "no", retryAt: null, Cancel);

        Assert.Equal(0, await Store.DeleteDoneAsync(Now, 10, Cancel));
        Assert.Equal(2, await Store.DeleteDoneAsync(Now.AddMinutes(1), 10, Cancel));
        Assert.NotNull(await Store.ReadAsync("queued", Cancel));
    }
}

public sealed class MemoryMailStoreTests : MailStoreConformance<MemoryHarness>;

public sealed class SqliteMailStoreTests : MailStoreConformance<SqliteHarness>;

public sealed class PostgresMailStoreTests : MailStoreConformance<PostgresHarness>;
