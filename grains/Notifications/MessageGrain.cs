using System.Collections.Immutable;
using Actors.Notifications.Deliveries;
using Actors.Notifications.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Notifications;

/// <inheritdoc cref="IMessageGrain"/>
/// <remarks>
/// It has no state of its own: the message is a row, and how far it is done another column of it. Whoever is activated
/// next goes on there, and says to some what was said to them before, which changes nothing.
/// </remarks>
internal sealed partial class MessageGrain(
    IMessageStore messages,
    IGroupStore groups,
    IDeliveryStore deliveries,
    IOptions<PushOptions> options,
    TimeProvider time,
    ILogger<MessageGrain> log) : Grain, IMessageGrain
{
    private const int BatchSize = 512;
    private const int MaxDeliveries = 200;

    private readonly PushOptions _options = options.Value;
    private readonly ILogger<MessageGrain> _log = log;
    private IGrainTimer? _timer;
    private bool _isTelling;

    private string Id => MessageKey.Parse(this.GetPrimaryKeyString()).Id;

    public async Task<SendStatus> SendAsync(SendMessage command)
    {
        var now = time.GetUtcNow();
        var total = command.User is null ? command.Users.Length : 1;
        var due = command.Content.ValidFrom is { } from && from > now ? from : now;
        var message = new StoredMessage(
            Id, command.Fingerprint, ContentCodec.Encode(command.Content), now, due, command.Group, command.User, total, new(Told: 0, Last: null, IsDone: false));
        var stored = await messages.AddAsync(message, command.Users, CancellationToken.None);
        if (!stored.Fingerprint.AsSpan().SequenceEqual(command.Fingerprint.AsSpan()))
        {
            return SendStatus.NotUnique;
        }

        Begin(stored);
        return SendStatus.Accepted;
    }

    public async Task<MessageInfo?> GetAsync() => await messages.ReadAsync(Id, CancellationToken.None) is { } message
        ? new(
            message.Id, ContentCodec.Decode(message.Content), message.Created, message.User, message.Group, message.Total, message.Progress.Told,
            message.Progress.IsDone, await deliveries.CountAsync(Id, CancellationToken.None))
        : null;

    public async Task<ImmutableArray<DeliveryInfo>> GetDeliveriesAsync(string notification) =>
        await deliveries.ListAsync(notification, MaxDeliveries, CancellationToken.None);

    public async Task WakeAsync()
    {
        if (!_isTelling && await messages.ReadAsync(Id, CancellationToken.None) is { } message)
        {
            Begin(message);
        }
    }

    /// <summary>Who is to be told is told in turns of their own, so that the caller has his answer.</summary>
    private void Begin(StoredMessage message)
    {
        if (_isTelling || message.Progress.IsDone || message.Due > time.GetUtcNow())
        {
            return;
        }

        _isTelling = true;
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(
            token => TellAsync(message, token), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private async Task TellAsync(StoredMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var content = ContentCodec.Decode(message.Content);
            var progress = message.Progress;
            while (!progress.IsDone && !cancellationToken.IsCancellationRequested)
            {
                progress = await TellBatchAsync(message, content, progress);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the sweep wakes it, and it goes on with this batch
            LogInterrupted(failure, Id);
        }
        finally
        {
            _isTelling = false;
        }
    }

    private async Task<MessageProgress> TellBatchAsync(StoredMessage message, NotificationContent content, MessageProgress progress)
    {
        var users = await NextUsersAsync(message, progress);
        var isOver = content.ValidTo <= time.GetUtcNow();
        if (!isOver)
        {
            GrainFactory.WakeQueues(await TellUsersAsync(message, content, users));
        }

        var isLast = isOver || message.User is not null || users.Length < BatchSize;
        var next = new MessageProgress(progress.Told + (isOver ? 0 : users.Length), users.IsEmpty ? progress.Last : users[^1], isLast);
        await messages.AdvanceAsync(Id, next, CancellationToken.None);
        return next;
    }

    private async ValueTask<ImmutableArray<string>> NextUsersAsync(StoredMessage message, MessageProgress progress) =>
        message.User is { } user ? [user]
        : message.Group is { } group ? await groups.ListAsync(group, progress.Last, message.Created, BatchSize, CancellationToken.None)
        : await messages.UsersAsync(Id, progress.Told, BatchSize, CancellationToken.None);

    private async Task<HashSet<string>> TellUsersAsync(StoredMessage message, NotificationContent content, ImmutableArray<string> users)
    {
        var isBulk = message.User is null;
        var created = message.Due > message.Created ? message.Due : message.Created;
        var queues = new HashSet<string>(StringComparer.Ordinal);
        using var slots = new SemaphoreSlim(_options.FanOut);
        await Task.WhenAll(users.Select(async user =>
        {
            await slots.WaitAsync();
            try
            {
                var id = isBulk ? NotificationIds.OfMany(Id, user) : Id;
                var woken = await GrainFactory.GetUserGrain(new UserKey(user)).NotifyAsync(new NotifyUser(id, Id, content, created, isBulk));

                // turns of a grain never run on two threads
                queues.UnionWith(woken);
            }
            finally
            {
                slots.Release();
            }
        }));
        return queues;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} could not be told to all; it goes on in a moment.")]
    private partial void LogInterrupted(Exception failure, string message);
}
