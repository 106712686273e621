using System.Collections.Immutable;
using Actors.Notifications.Deliveries;
using Actors.Notifications.Messages;
using Actors.Notifications.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Orleans.Utilities;

namespace Actors.Notifications;

/// <inheritdoc cref="IUserGrain"/>
internal sealed partial class UserGrain(
    [PersistentState("user")] IPersistentState<UserState> state,
    INotificationStore notifications,
    IDeliveryStore deliveries,
    IMessageStore messages,
    IOptions<PushOptions> options,
    TimeProvider time,
    ILogger<UserGrain> log) : Grain, IUserGrain
{
    private const int MaxCounted = 1_000;
    private static readonly TimeSpan ObserverLifetime = TimeSpan.FromMinutes(2);

    private readonly PushOptions _options = options.Value;
    private readonly ObserverManager<IUserObserver> _observers = new(ObserverLifetime, log) { GetDateTime = () => time.GetUtcNow().UtcDateTime };

    private string User => UserKey.Parse(this.GetPrimaryKeyString()).Id;

    public Task<PushPreferences> GetPreferencesAsync() => Task.FromResult(state.State.Preferences ?? new PushPreferences([], Quiet: null));

    public Task SetPreferencesAsync(PushPreferences preferences) =>
        this.StoreAsync(state, new UserState { Devices = state.State.Devices, Preferences = preferences });

    public async Task<ImmutableArray<string>> NotifyAsync(NotifyUser command)
    {
        var plan = DeliveryPlan.Show(User, state.State, command, _options.GiveUpAfter, time.GetUtcNow());
        if (!await notifications.AddAsync(NotificationOf(command), plan, CancellationToken.None))
        {
            // said before; whether its queues heard of it is not known
            return QueuesOf(plan);
        }

        await TellPagesAsync(new NotificationInfo(command.Id, command.Content, command.Created, NotificationMark.None, MarkedAt: null));
        return QueuesOf(plan);
    }

    public async Task<NotificationPage> ListAsync(ListNotifications command)
    {
        var now = time.GetUtcNow();
        var listed = await notifications.ListAsync(User, command.IsNew, command.Before, now, command.Limit + 1, CancellationToken.None);
        var page = listed.Length > command.Limit ? listed[..command.Limit] : listed;
        var next = listed.Length > command.Limit ? new NotificationCursor(page[^1].Notification.Created, page[^1].Notification.Id) : null;
        return new([.. page.Select(Describe)], await notifications.CountNewAsync(User, now, MaxCounted, CancellationToken.None), next);
    }

    public async Task<NotificationStatus> MarkAsync(string notification, NotificationMark mark, string? device)
    {
        var now = time.GetUtcNow();
        var sent = await deliveries.ListAsync(notification, _options.MaxDevices * 2, CancellationToken.None);
        var mine = sent.Where(delivery => delivery.User == User).ToList();
        var removals = DeliveryPlan.Remove(User, state.State, notification, mine, device, _options.GiveUpAfter, now);
        if (await notifications.MarkAsync(User, notification, mark, now, removals, CancellationToken.None) is not { } before)
        {
            return NotificationStatus.Unknown;
        }

        if (mark > before)
        {
            GrainFactory.WakeQueues(QueuesOf(removals));
            await TellPagesAsync(observer => observer.OnRemovedAsync(notification));
        }

        return NotificationStatus.Done;
    }

    public async Task<NotificationStatus> ShownAsync(string notification, string device) =>
        await deliveries.ShownAsync(notification, device, time.GetUtcNow(), CancellationToken.None) ? NotificationStatus.Done : NotificationStatus.Unknown;

    public async Task SubscribeAsync(IUserObserver observer)
    {
        _observers.Subscribe(observer, observer);
        await observer.OnUnreadAsync(await notifications.CountNewAsync(User, time.GetUtcNow(), MaxCounted, CancellationToken.None));
    }

    public Task UnsubscribeAsync(IUserObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    private static NotificationInfo Describe(ListedNotification listed) => new(
        listed.Notification.Id, ContentCodec.Decode(listed.Content), listed.Notification.Created, listed.Mark, listed.MarkedAt);

    private static ImmutableArray<string> QueuesOf(ImmutableArray<NewDelivery> plan) =>
        [.. plan.Select(delivery => delivery.Target.Queue.ToString()).Distinct(StringComparer.Ordinal)];

    private StoredNotification NotificationOf(NotifyUser command) => new(User, command.Id, command.Message, command.Created, command.Content.ValidTo);

    private Task TellPagesAsync(NotificationInfo notification) => TellPagesAsync(observer => observer.OnNotificationAsync(notification));

    /// <summary>What is new, and how many are; most users have no page open, and nothing is counted for them.</summary>
    private async Task TellPagesAsync(Func<IUserObserver, Task> tell)
    {
        _observers.ClearExpired();
        if (_observers.Count == 0)
        {
            return;
        }

        await _observers.Notify(tell);
        var unread = await notifications.CountNewAsync(User, time.GetUtcNow(), MaxCounted, CancellationToken.None);
        await _observers.Notify(observer => observer.OnUnreadAsync(unread));
    }
}
