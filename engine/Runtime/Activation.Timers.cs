using Orleans.Runtime;

namespace Actors.Engine.Runtime;

internal sealed partial class Activation
{
    private readonly Lock _timersLock = new();
    private HashSet<GrainTimer>? _timers;

    public IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        lock (_timersLock)
        {
            (_timers ??= []).Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_timersLock)
        {
            _timers?.Remove(timer);
        }
    }

    public Task<IGrainReminder> RegisterReminderAsync(string name, TimeSpan dueTime, TimeSpan period) =>
        Engine.Reminders.RegisterAsync(this, name, dueTime, period);

    public Task UnregisterReminderAsync(IGrainReminder reminder) => Engine.Reminders.UnregisterAsync(this, reminder);

    public Task<IGrainReminder> GetReminderAsync(string name) => Engine.Reminders.GetAsync(this, name)!;

    public Task<List<IGrainReminder>> GetRemindersAsync() => Engine.Reminders.GetAllAsync(this);

    private void StopTimers()
    {
        List<GrainTimer> timers;
        lock (_timersLock)
        {
            timers = [.. _timers ?? []];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}
