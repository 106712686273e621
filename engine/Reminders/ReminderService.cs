using Actors.Engine.Diagnostics;
using Actors.Engine.Runtime;
using Orleans.Runtime;

namespace Actors.Engine.Reminders;

/// <summary>
/// Sends due ticks: claim, call, complete. A tick that fails or is never confirmed is sent again when its claim
/// expires; ticks missed while no process ran become one.
/// </summary>
internal sealed class ReminderService(EngineRuntime runtime, IReminderStorage storage)
{
    private const int MaxAtATime = 64;

    // In a cluster those of other silos stand among them.
    private const int MaxLookedAt = 1024;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMinutes(1);

    private int _pollsWanted;
    private long _nextPoll;
    private volatile bool _isStopped;

    private DateTimeOffset Now => runtime.TimeProvider.GetUtcNow();

    public void Stop() => _isStopped = true;

    public async Task<IGrainReminder> RegisterAsync(Activation activation, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, ShortestPeriod);
        if (!activation.Class.Descriptor.Remindable)
        {
            throw new InvalidOperationException($"{activation.GrainId} cannot be reminded: its class does not implement IRemindable.");
        }

        return Reminder.Of(await storage.SaveAsync(IdOf(activation, name), Now + dueTime, period, CancellationToken.None));
    }

    public async Task UnregisterAsync(Activation activation, IGrainReminder reminder) =>
        await storage.RemoveAsync(IdOf(activation, reminder.ReminderName), CancellationToken.None);

    public async Task<IGrainReminder?> GetAsync(Activation activation, string name) =>
        await storage.ReadAsync(IdOf(activation, name), CancellationToken.None) is { } entry ? Reminder.Of(entry) : null;

    public async Task<List<IGrainReminder>> GetAllAsync(Activation activation) =>
        [.. (await storage.ReadAllAsync(activation.GrainId.Type.ToString(), activation.GrainId.KeyText, CancellationToken.None)).Select(Reminder.Of)];

    /// <summary>Looks for due reminders if it is time to, and never twice at once.</summary>
    public void OnTick(long now)
    {
        if (_isStopped || now < _nextPoll)
        {
            return;
        }

        _nextPoll = now + runtime.Options.ReminderPoll.Ticks;
        WantPoll();
    }

    private static ReminderId IdOf(Activation activation, string name) =>
        new(activation.GrainId.Type.ToString(), activation.GrainId.KeyText, name);

    private static GrainId GrainIdOf(ReminderEntry entry) => GrainId.Create(entry.Id.GrainType, entry.Id.GrainKey);

    private void WantPoll()
    {
        if (Interlocked.Increment(ref _pollsWanted) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.PollAsync(), this, preferLocal: false);
        }
    }

    private async Task PollAsync()
    {
        int wanted;
        do
        {
            wanted = Volatile.Read(ref _pollsWanted);
            await SendDueAsync();
        }
        while (Interlocked.Add(ref _pollsWanted, -wanted) > 0);
    }

    private async Task SendDueAsync()
    {
        try
        {
            var left = MaxAtATime;
            foreach (var due in await storage.ReadDueAsync(Now, runtime.Router is null ? MaxAtATime : MaxLookedAt, CancellationToken.None))
            {
                if (IsOurs(due)
                    && left-- > 0
                    && await storage.ClaimAsync(due, Now + runtime.Options.ReminderClaim, CancellationToken.None) is { } claimed)
                {
                    _ = SendAsync(claimed);
                }
            }
        }
        catch (Exception error)
        {
            EngineLog.RemindersNotRead(runtime.Log, error);
        }
    }

    // The silo that holds the grain sends its ticks: nothing has to travel, and silos do not race for claims.
    private bool IsOurs(ReminderEntry due) =>
        runtime.Types.FindClass(GrainType.Create(due.Id.GrainType)) is not null
        && (runtime.Router is not { } router || router.Holds(GrainIdOf(due)));

    private async Task SendAsync(ReminderEntry claimed)
    {
        try
        {
            var now = Now;
            var request = new ReminderRequest(
                claimed.Id.Name, new TickStatus(claimed.StartAt.UtcDateTime, claimed.Period, now.UtcDateTime));
            var completion = request.Completion;
            runtime.InFlight.Add(request, runtime.Clock.Now + runtime.Options.ResponseTimeout.Ticks + runtime.Clock.Tick);
            runtime.Catalog.Post(GrainIdOf(claimed), request);
            await completion;

            // The first time in the reminder's own rhythm after this tick was sent: what was missed before was one tick.
            var missed = Math.Max(0, (now - claimed.StartAt).Ticks / claimed.Period.Ticks);
            var next = claimed.StartAt + (claimed.Period * (missed + 1));
            await storage.CompleteAsync(claimed, next, CancellationToken.None);
            if (next <= Now)
            {
                WantPoll();
            }
        }
        catch (Exception error)
        {
            EngineLog.ReminderFailed(runtime.Log, error, claimed.Id.Name, GrainIdOf(claimed));
        }
    }

    private sealed class Reminder(string name) : IGrainReminder
    {
        public string ReminderName { get; } = name;

        public static Reminder Of(ReminderEntry entry) => new Reminder(entry.Id.Name);
    }
}
