using Actors.Notifications.Deliveries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Notifications;

/// <inheritdoc cref="IPushQueueGrain"/>
/// <remarks>
/// It holds nothing that is not in the table: what is under way when its process dies is sent again by the next one, with
/// the same topic, so that the user sees it once.
/// </remarks>
internal sealed partial class PushQueueGrain(
    IDeliveryStore deliveries,
    IPushSender sender,
    PushInstruments instruments,
    IOptions<PushOptions> options,
    TimeProvider time,
    ILogger<PushQueueGrain> log) : Grain, IPushQueueGrain
{
    private const int ReadAhead = 256;

    /// <summary>Room that messages to many never take, so that one to a single user need not wait for theirs.</summary>
    private const int Reserve = 8;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly PushOptions _options = options.Value;
    private readonly ILogger<PushQueueGrain> _log = log;
    private readonly ServiceHealth _health = new();
    private readonly LinkedList<DueDelivery> _ready = [];
    private readonly HashSet<(string Notification, string Device, DeliveryKind Kind)> _known = [];
    private TaskCompletionSource _signal = NewSignal();
    private IGrainTimer? _timer;
    private Task _pump = Task.CompletedTask;
    private int _underWay;
    private bool _isWoken;
    private bool _isEmpty;
    private bool _isStopping;

    private PushQueueKey Key => PushQueueKey.Parse(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _timer = this.RegisterGrainTimer(
            _ => PumpAsync(), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <summary>What was sent is written down before another silo reads what is to be sent.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isStopping = true;
        _signal.TrySetResult();
        await _pump.WaitAsync(cancellationToken);
    }

    public Task WakeAsync()
    {
        _isWoken = true;
        _signal.TrySetResult();
        Sleep(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public Task PauseAsync(DateTimeOffset until)
    {
        _health.Pause(until);
        return Task.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static (string Notification, string Device, DeliveryKind Kind) IdOf(DueDelivery due) => (due.Delivery.Notification, due.Delivery.Device, due.Delivery.Kind);

    private async Task PumpAsync()
    {
        if (!_pump.IsCompleted || _isStopping)
        {
            return;
        }

        _pump = PumpUntilIdleAsync();
        await _pump;
    }

    private async Task PumpUntilIdleAsync()
    {
        try
        {
            _isWoken = true;
            while (await TurnAsync())
            {
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the table is not to be had: what was not written down is sent again
            LogInterrupted(failure, Key.Origin, Key.Part);
            Forget();
            Sleep(_options.SweepInterval);
        }
    }

    /// <summary>Writes what came back, reads what is due, sends what there is room for, and waits; false when there is nothing left to do now.</summary>
    private async Task<bool> TurnAsync()
    {
        await RecordAsync();
        var pause = _health.PausedUntil - time.GetUtcNow();
        if (_isStopping || pause > TimeSpan.Zero)
        {
            Forget();
        }
        else
        {
            await FillAsync();
            SendReady();
        }

        if (_underWay == 0 && _results.Count == 0)
        {
            if (_isStopping || pause > TimeSpan.Zero)
            {
                Sleep(pause);
                return false;
            }

            if (_ready.Count == 0 && !_isWoken)
            {
                if (await deliveries.NextDueAsync(Key, CancellationToken.None) is { } next)
                {
                    Sleep(next - time.GetUtcNow());
                }

                return _isWoken;
            }
        }

        await WaitAsync();
        return true;
    }

    private async Task WaitAsync()
    {
        if (_results.Count == 0 && (!_isWoken || _isStopping || _health.PausedUntil > time.GetUtcNow()) && _underWay > 0)
        {
            await _signal.Task;
        }

        _signal = NewSignal();
    }

    /// <summary>Who was just queued for one user goes first, even while many wait.</summary>
    private async Task FillAsync()
    {
        if (_isWoken)
        {
            (_isWoken, _isEmpty) = (false, false);
            await ReadAsync(DeliveryLane.Direct, isFirst: true);
        }

        if (_ready.Count == 0 && !_isEmpty)
        {
            _isEmpty = await ReadAsync(DeliveryLane.Bulk, isFirst: false) < ReadAhead;
        }
    }

    /// <summary>Those of a lane that are not known yet; how many.</summary>
    private async Task<int> ReadAsync(DeliveryLane lane, bool isFirst)
    {
        var due = await deliveries.ReadDueAsync(Key, lane, time.GetUtcNow(), ReadAhead + _known.Count, CancellationToken.None);
        var added = due.Where(delivery => _known.Add(IdOf(delivery))).ToList();
        if (isFirst)
        {
            added.Reverse();
            added.ForEach(delivery => _ready.AddFirst(delivery));
        }
        else
        {
            added.ForEach(delivery => _ready.AddLast(delivery));
        }

        return added.Count;
    }

    private void SendReady()
    {
        while (_ready.First is { Value: var due } && _underWay < Room(due.Delivery.Lane))
        {
            _ready.RemoveFirst();
            _underWay++;
            _ = SendAsync(due);
        }
    }

    private int Room(DeliveryLane lane) => _health.IsDown ? 1 : lane is DeliveryLane.Direct ? _options.Window + Reserve : _options.Window;

    private void Forget()
    {
        foreach (var due in _ready)
        {
            _known.Remove(IdOf(due));
        }

        _ready.Clear();
        _isEmpty = false;
        _isWoken = true;
    }

    private void Sleep(TimeSpan wait)
    {
        if (!_isStopping)
        {
            _timer?.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait : LongestSleep, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries to {Origin} (part {Part}) could not be read or written; they are tried again.")]
    private partial void LogInterrupted(Exception failure, string origin, int part);
}
