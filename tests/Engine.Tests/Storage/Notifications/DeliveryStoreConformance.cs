using Actors.Notifications;

namespace Actors.Engine.Tests.Storage.Notifications;

public abstract class DeliveryStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private static readonly PushQueueKey s_other = new("https://other.example.org", 0);

    private IDeliveryStore Deliveries => Storage.Service<IDeliveryStore>();

    [Fact]
    public async Task ReadDue_IsByLaneThenTime_WithWhatItSays()
    {
        await AddAsync(
            Sample.Delivery("n1", "bulk", lane: DeliveryLane.Bulk, minutes: -9), Sample.Delivery("n1", "late", minutes: 5), Sample.Delivery("n1", "early", minutes: -1),
            Sample.Delivery("n1", "now"), Sample.Delivery("n1", "elsewhere", queue: s_other), Sample.Delivery("n1", "part", queue: Sample.Queue with { Part = 4 }));
        Storage.Restart();

        Assert.Equal(["early", "now", "bulk"], await DueAsync(DeliveryLane.Bulk, 0, 10));
        Assert.Equal(["early", "now"], await DueAsync(DeliveryLane.Direct, 0, 10));
        Assert.Equal(["early"], await DueAsync(DeliveryLane.Bulk, 0, 1));
        Assert.Equal(["early", "now", "late", "bulk"], await DueAsync(DeliveryLane.Bulk, 5, 10));
        var due = (await Deliveries.ReadDueAsync(Sample.Queue, DeliveryLane.Bulk, Sample.Noon, 1, Cancel))[0];
        var expected = Sample.Delivery("n1", "early", minutes: -1);
        Assert.Equal(expected with { Target = due.Delivery.Target }, due.Delivery);
        Assert.Equal((expected.Target.Queue, expected.Target.Endpoint), (due.Delivery.Target.Queue, due.Delivery.Target.Endpoint));
        Assert.Equal(expected.Target.P256dh.ToArray(), due.Delivery.Target.P256dh.ToArray());
        Assert.Equal(expected.Target.Auth.ToArray(), due.Delivery.Target.Auth.ToArray());
        Assert.Equal("content of n1"u8.ToArray(), due.Content.ToArray());
    }

    [Fact]
    public async Task Queues_AreThoseWithSomethingDue()
    {
        var third = new PushQueueKey("https://third.example.org", 7);
        await AddAsync(
            Sample.Delivery("n1", "a"), Sample.Delivery("n1", "b", lane: DeliveryLane.Bulk, minutes: -1), Sample.Delivery("n1", "c", lane: DeliveryLane.Bulk, queue: s_other),
            Sample.Delivery("n1", "d", minutes: 3, queue: third));

        Assert.Equal([s_other, Sample.Queue], (await Deliveries.QueuesAsync(Sample.Noon, 10, Cancel)).OrderBy(queue => queue.Origin, StringComparer.Ordinal));
        Assert.Single(await Deliveries.QueuesAsync(Sample.Noon, 1, Cancel));
        Assert.Equal(Sample.Noon.AddMinutes(-1), await Deliveries.NextDueAsync(Sample.Queue, Cancel));
        Assert.Equal(Sample.Noon.AddMinutes(3), await Deliveries.NextDueAsync(third, Cancel));
        Assert.Null(await Deliveries.NextDueAsync(Sample.Queue with { Part = 5 }, Cancel));
        Assert.Equal([new QueueLength(s_other.Origin, 1, Sample.Noon), new QueueLength(Sample.Queue.Origin, 2, Sample.Noon), new QueueLength(third.Origin, 1, Sample.Noon)], await Deliveries.LengthsAsync(10, Cancel));
    }

    [Fact]
    public async Task Record_CountsAttempts_AndEndsOnce()
    {
        var (again, never) = (Sample.Delivery("n1", "again"), Sample.Delivery("n1", "never"));
        await AddAsync(again, never);

        await Deliveries.RecordAsync([Sample.Result(again, DeliveryState.Retrying, 503, 0), Sample.Result(never, DeliveryState.Expired, 0, 0, isAttempt: false)], Cancel);
        Assert.Equal(Sample.Noon.AddMinutes(10), await Deliveries.NextDueAsync(Sample.Queue, Cancel));
        Assert.Equal(1, Assert.Single(await Deliveries.ReadDueAsync(Sample.Queue, DeliveryLane.Bulk, Sample.Noon.AddMinutes(10), 10, Cancel)).Attempts);
        await Deliveries.RecordAsync([Sample.Result(again, DeliveryState.Sent, 201, 10)], Cancel);
        Storage.Restart();
        await Deliveries.RecordAsync([Sample.Result(again, DeliveryState.Failed, 400, 20), Sample.Result(never, DeliveryState.Sent, 201, 20)], Cancel);

        var listed = await Deliveries.ListAsync("n1", 10, Cancel);
        Assert.Equal(new DeliveryInfo("n1", "ada", "again", DeliveryState.Sent, 2, 201, Sample.Noon.AddMinutes(10), Shown: null), listed[0]);
        Assert.Equal(new DeliveryInfo("n1", "ada", "never", DeliveryState.Expired, 0, LastStatus: null, LastAttempt: null, Shown: null), listed[1]);
        Assert.Equal([new DeviceSuccess("again", Sample.Noon.AddMinutes(10))], await Deliveries.LastSuccessAsync("ada", Cancel));
        Assert.Equal([new DeliveryCount(DeliveryState.Sent, 1), new DeliveryCount(DeliveryState.Expired, 1)], await Deliveries.CountAsync("n1", Cancel));
        Assert.Null(await Deliveries.NextDueAsync(Sample.Queue, Cancel));
    }

    [Fact]
    public async Task Redirect_MovesWhatWaits_AndNothingElse()
    {
        var (waits, sent) = (Sample.Delivery("n1", "d1"), Sample.Delivery("n2", "d1"));
        await AddAsync(waits, Sample.Delivery("n1", "d2"));
        await AddAsync(sent);
        await Deliveries.RecordAsync([Sample.Result(sent, DeliveryState.Sent, 201, 0)], Cancel);

        await Deliveries.RedirectAsync("ada", "d1", Sample.Target("new", s_other), Cancel);
        await Deliveries.RedirectAsync("grace", "d2", Sample.Target("new", s_other), Cancel);

        var moved = Assert.Single(await Deliveries.ReadDueAsync(s_other, DeliveryLane.Bulk, Sample.Noon, 10, Cancel));
        Assert.Equal(("n1", "d1", s_other.Origin + "/new"), (moved.Delivery.Notification, moved.Delivery.Device, moved.Delivery.Target.Endpoint));
        Assert.Equal(["d2"], await DueAsync(DeliveryLane.Bulk, 0, 10));
    }

    [Fact]
    public async Task Cancel_EndsWhatWaits()
    {
        await AddAsync(Sample.Delivery("n1", "d1"), Sample.Delivery("n1", "d2"));

        await Deliveries.CancelAsync("ada", "d1", Cancel);

        Assert.Equal([DeliveryState.Gone, DeliveryState.Pending], (await Deliveries.ListAsync("n1", 10, Cancel)).Select(delivery => delivery.State));
    }

    [Fact]
    public async Task Shown_KeepsTheFirstTime()
    {
        await AddAsync(Sample.Delivery("n1", "d1"));

        Assert.True(await Deliveries.ShownAsync("n1", "d1", Sample.Noon, Cancel));
        Assert.True(await Deliveries.ShownAsync("n1", "d1", Sample.Noon.AddMinutes(1), Cancel));
        Assert.False(await Deliveries.ShownAsync("n1", "d2", Sample.Noon, Cancel));

        Assert.Equal(Sample.Noon, Assert.Single(await Deliveries.ListAsync("n1", 10, Cancel)).Shown);
    }

    [Fact]
    public async Task Delete_TakesWhatIsOld_SoManyAtATime()
    {
        await AddAsync([.. Enumerable.Range(0, 5).Select(i => Sample.Delivery("n1", $"d{i}") with { Queued = Sample.Noon.AddMinutes(i) })]);

        Assert.Equal(2, await Deliveries.DeleteAsync(Sample.Noon.AddMinutes(3), 2, Cancel));
        Assert.Equal(1, await Deliveries.DeleteAsync(Sample.Noon.AddMinutes(3), 2, Cancel));
        Assert.Equal(["d3", "d4"], (await Deliveries.ListAsync("n1", 10, Cancel)).Select(delivery => delivery.Device));
    }

    private async Task AddAsync(params NewDelivery[] deliveries)
    {
        var id = deliveries[0].Notification;
        await Storage.Service<IMessageStore>().AddAsync(Sample.Message(id), [], Cancel);
        Assert.True(await Storage.Service<INotificationStore>().AddAsync(Sample.Notification("ada", id), [.. deliveries], Cancel));
    }

    private async Task<IEnumerable<string>> DueAsync(DeliveryLane maxLane, int minutes, int limit) =>
        (await Deliveries.ReadDueAsync(Sample.Queue, maxLane, Sample.Noon.AddMinutes(minutes), limit, Cancel)).Select(due => due.Delivery.Device);
}

public sealed class MemoryDeliveryStoreTests : DeliveryStoreConformance<MemoryHarness>;

public sealed class SqliteDeliveryStoreTests : DeliveryStoreConformance<SqliteHarness>;

public sealed class PostgresDeliveryStoreTests : DeliveryStoreConformance<PostgresHarness>;
