using Actors.Notifications;

namespace Actors.Engine.Tests.Storage.Notifications;

public abstract class NotificationStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private INotificationStore Notifications => Storage.Service<INotificationStore>();

    private IDeliveryStore Deliveries => Storage.Service<IDeliveryStore>();

    [Fact]
    public async Task Add_TheSameTwice_ChangesNothing()
    {
        await AddMessagesAsync("n1");

        Assert.True(await Notifications.AddAsync(Sample.Notification("ada", "n1"), [Sample.Delivery("n1", "d1")], Cancel));
        Storage.Restart();
        Assert.False(await Notifications.AddAsync(Sample.Notification("ada", "n1", minutes: 9), [Sample.Delivery("n1", "d2")], Cancel));

        var read = (await Notifications.ReadAsync("ada", "n1", Cancel))!;
        Assert.Equal((Sample.Notification("ada", "n1"), NotificationMark.None, null), (read.Notification, read.Mark, read.MarkedAt));
        Assert.Equal("content of n1"u8.ToArray(), read.Content.ToArray());
        Assert.Equal("d1", Assert.Single(await Deliveries.ListAsync("n1", 10, Cancel)).Device);
        Assert.Null(await Notifications.ReadAsync("grace", "n1", Cancel));
    }

    [Fact]
    public async Task Add_ByManyAtOnce_OneWins()
    {
        await AddMessagesAsync("n1");

        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Notifications.AddAsync(Sample.Notification("ada", "n1"), [Sample.Delivery("n1", "d1")], Cancel).AsTask()));

        Assert.Single(won, isNew => isNew);
    }

    [Fact]
    public async Task List_InParts_IsWholeAndTheNewestFirst()
    {
        string[] ids = ["a", "b", "c", "d", "e"];
        await AddMessagesAsync(ids);
        foreach (var id in ids)
        {
            // two of them at the same time
            await Notifications.AddAsync(Sample.Notification("ada", id, minutes: id is "b" ? 2 : id[0] - 'a'), [], Cancel);
        }

        await Notifications.AddAsync(Sample.Notification("grace", "a"), [], Cancel);
        var listed = new List<string>();
        NotificationCursor? before = null;
        while (await Notifications.ListAsync("ada", isNew: false, before, Sample.Noon, 2, Cancel) is { IsEmpty: false } part)
        {
            listed.AddRange(part.Select(item => item.Notification.Id));
            before = new NotificationCursor(part[^1].Notification.Created, part[^1].Notification.Id);
        }

        Assert.Equal(["e", "d", "c", "b", "a"], listed);
    }

    [Fact]
    public async Task List_LeavesOutWhatIsForgottenAndOver()
    {
        await AddMessagesAsync("new", "acked", "forgotten", "over");
        foreach (var id in (string[])["new", "acked", "forgotten"])
        {
            await Notifications.AddAsync(Sample.Notification("ada", id), [], Cancel);
        }

        await Notifications.AddAsync(Sample.Notification("ada", "over", until: 5), [], Cancel);
        await MarkAsync("acked", NotificationMark.Acknowledged, 1);
        await MarkAsync("forgotten", NotificationMark.Forgotten, 1);

        Assert.Equal(["over", "new", "acked"], await IdsAsync(isNew: false, 4));
        Assert.Equal(["over", "new"], await IdsAsync(isNew: true, 4));
        Assert.Equal(["new"], await IdsAsync(isNew: true, 5));
        Assert.Equal(1, await Notifications.CountNewAsync("ada", Sample.Noon.AddMinutes(5), 10, Cancel));
        Assert.Equal(1, await Notifications.CountNewAsync("ada", Sample.Noon, 1, Cancel));
        Assert.NotNull(await Notifications.ReadAsync("ada", "forgotten", Cancel));
    }

    [Fact]
    public async Task Mark_OnlyGrows_AndKeepsTheFirstTime()
    {
        await AddMessagesAsync("n1");
        await Notifications.AddAsync(Sample.Notification("ada", "n1"), [], Cancel);

        Assert.Null(await MarkAsync("nothing", NotificationMark.Acknowledged, 1));
        Assert.Equal(NotificationMark.None, await MarkAsync("n1", NotificationMark.Acknowledged, 1));
        Assert.Equal(NotificationMark.Acknowledged, await MarkAsync("n1", NotificationMark.Forgotten, 2));
        Storage.Restart();
        Assert.Equal(NotificationMark.Forgotten, await MarkAsync("n1", NotificationMark.Acknowledged, 3));

        var read = (await Notifications.ReadAsync("ada", "n1", Cancel))!;
        Assert.Equal((NotificationMark.Forgotten, Sample.Noon.AddMinutes(1)), (read.Mark, read.MarkedAt));
    }

    [Fact]
    public async Task Mark_EndsWhatWasNotSent_AndQueuesRemovals_Once()
    {
        await AddMessagesAsync("n1");
        var (waiting, sent) = (Sample.Delivery("n1", "d1"), Sample.Delivery("n1", "d2"));
        await Notifications.AddAsync(Sample.Notification("ada", "n1"), [waiting, sent], Cancel);
        await Deliveries.RecordAsync([Sample.Result(sent, DeliveryState.Sent, 201, 0)], Cancel);
        var removal = Sample.Delivery("n1", "d2", kind: DeliveryKind.Remove);

        await Notifications.MarkAsync("ada", "n1", NotificationMark.Acknowledged, Sample.Noon, [removal], Cancel);
        await Notifications.MarkAsync("ada", "n1", NotificationMark.Acknowledged, Sample.Noon, [removal with { Device = "d3" }], Cancel);

        Assert.Equal([DeliveryState.Expired, DeliveryState.Sent], (await Deliveries.ListAsync("n1", 10, Cancel)).Select(delivery => delivery.State));
        var due = Assert.Single(await Deliveries.ReadDueAsync(Sample.Queue, DeliveryLane.Bulk, Sample.Noon, 10, Cancel));
        Assert.Equal((DeliveryKind.Remove, "d2"), (due.Delivery.Kind, due.Delivery.Device));
    }

    [Fact]
    public async Task Delete_TakesWhatIsOld_SoManyAtATime()
    {
        string[] ids = ["a", "b", "c", "d"];
        await AddMessagesAsync(ids);
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            await Notifications.AddAsync(Sample.Notification("ada", id, i), [], Cancel);
        }

        Assert.Equal(2, await Notifications.DeleteAsync(Sample.Noon.AddMinutes(3), 2, Cancel));
        Assert.Equal(1, await Notifications.DeleteAsync(Sample.Noon.AddMinutes(3), 2, Cancel));
        Assert.Equal(0, await Notifications.DeleteAsync(Sample.Noon.AddMinutes(3), 2, Cancel));
        Assert.Equal(["d"], await IdsAsync(isNew: false, 0));
    }

    private async Task AddMessagesAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await Storage.Service<IMessageStore>().AddAsync(Sample.Message(id), [], Cancel);
        }
    }

    private ValueTask<NotificationMark?> MarkAsync(string id, NotificationMark mark, int minutes) =>
        Notifications.MarkAsync("ada", id, mark, Sample.Noon.AddMinutes(minutes), [], Cancel);

    private async Task<IEnumerable<string>> IdsAsync(bool isNew, int minutes) =>
        (await Notifications.ListAsync("ada", isNew, before: null, Sample.Noon.AddMinutes(minutes), 10, Cancel)).Select(item => item.Notification.Id);
}

public sealed class MemoryNotificationStoreTests : NotificationStoreConformance<MemoryHarness>;

public sealed class SqliteNotificationStoreTests : NotificationStoreConformance<SqliteHarness>;

public sealed class PostgresNotificationStoreTests : NotificationStoreConformance<PostgresHarness>;
