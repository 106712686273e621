using System.Collections.Immutable;
using Actors.Notifications.Deliveries;
using Actors.Notifications.Messages;
using Actors.Notifications.Users;

namespace Actors.Notifications;

/// <summary>The browsers that a user wants to be told by.</summary>
internal sealed partial class UserGrain
{
    private const int TestsPerMinute = 5;
    private static readonly TimeSpan TestPeriod = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _tests = new();

    public async Task<DeviceInfo> SubscribeDeviceAsync(SubscribeDevice command)
    {
        var (devices, subscribed, gone) = Devices.Subscribe(state.State.Devices, command, _options.MaxDevices, time.GetUtcNow());

        // first what waits, then the device: a crash between the two loses nothing
        await deliveries.RedirectAsync(User, subscribed.Id, DeliveryPlan.TargetOf(User, subscribed), CancellationToken.None);
        await StoreDevicesAsync(devices);
        foreach (var device in gone)
        {
            await deliveries.CancelAsync(User, device.Id, CancellationToken.None);
        }

        return Devices.Describe(subscribed, lastSuccess: null);
    }

    public async Task<ImmutableArray<DeviceInfo>> GetDevicesAsync()
    {
        if (state.State.Devices.Count == 0)
        {
            return [];
        }

        var successes = await deliveries.LastSuccessAsync(User, CancellationToken.None);
        return [.. state.State.Devices.Select(device => Devices.Describe(device, successes.FirstOrDefault(success => success.Device == device.Id)?.At))];
    }

    public Task<bool> HasDeviceAsync(string device) => Task.FromResult(Find(device) is not null);

    public async Task<DeviceOutcome> ChangeDeviceAsync(ChangeDevice command)
    {
        if (Find(command.Id) is not { } device)
        {
            return new(NotificationStatus.Unknown, Device: null);
        }

        await StoreDeviceAsync(Devices.Change(device, command));
        if (command.IsOn is false)
        {
            await deliveries.CancelAsync(User, device.Id, CancellationToken.None);
        }

        return new(NotificationStatus.Done, (await GetDevicesAsync()).Single(changed => changed.Id == command.Id));
    }

    public async Task<int> RemoveDevicesAsync(string? device)
    {
        var gone = state.State.Devices.Where(known => device is null || known.Id == device).ToList();
        if (gone.Count > 0)
        {
            await StoreDevicesAsync(state.State.Devices.Where(known => !gone.Contains(known)));
        }

        foreach (var known in gone)
        {
            await deliveries.CancelAsync(User, known.Id, CancellationToken.None);
        }

        return gone.Count;
    }

    public async Task DeviceGoneAsync(string device, string endpoint)
    {
        if (Find(device) is { } known && known.Subscription.Endpoint == endpoint)
        {
            await RemoveDevicesAsync(device);
        }
    }

    public async Task DeviceStruckAsync(string device, int status)
    {
        if (Find(device) is { } known)
        {
            await StoreDeviceAsync(known with { Strikes = known.Strikes + 1, LastStatus = status, LastStrike = time.GetUtcNow() });
        }
    }

    public async Task<TestOutcome> TestDeviceAsync(string device, NotificationContent content)
    {
        var now = time.GetUtcNow();
        if (Find(device) is not { } known)
        {
            return new(NotificationStatus.Unknown, Notification: null);
        }

        if (known.IsOff)
        {
            return new(NotificationStatus.Off, Notification: null);
        }

        while (_tests.TryPeek(out var earliest) && now - earliest >= TestPeriod)
        {
            _tests.Dequeue();
        }

        if (_tests.Count >= TestsPerMinute)
        {
            return new(NotificationStatus.TooOften, Notification: null);
        }

        _tests.Enqueue(now);
        var id = "test-" + Guid.NewGuid().ToString("n");
        var done = new MessageProgress(Told: 1, Last: null, IsDone: true);
        await messages.AddAsync(new StoredMessage(id, [], ContentCodec.Encode(content), now, now, Group: null, User, Total: 1, done), [], CancellationToken.None);
        var delivery = DeliveryPlan.Test(User, known, id, now);
        await notifications.AddAsync(new StoredNotification(User, id, id, now, content.ValidTo), [delivery], CancellationToken.None);
        await TellPagesAsync(new NotificationInfo(id, content, now, NotificationMark.None, MarkedAt: null));
        GrainFactory.WakeQueues(QueuesOf([delivery]));
        return new(NotificationStatus.Done, id);
    }

    private StoredDevice? Find(string device) => state.State.Devices.Find(known => known.Id == device);

    private Task StoreDeviceAsync(StoredDevice device) => StoreDevicesAsync(state.State.Devices.Select(known => known.Id == device.Id ? device : known));

    private Task StoreDevicesAsync(IEnumerable<StoredDevice> devices) =>
        this.StoreAsync(state, new UserState { Devices = [.. devices], Preferences = state.State.Preferences });
}
