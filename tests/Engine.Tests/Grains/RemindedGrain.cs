using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Grains;

[Alias("tests.reminded")]
public interface IRemindedGrain : IGrainWithStringKey
{
    [Alias("start")]
    Task StartAsync(string name, TimeSpan dueTime, TimeSpan period);

    [Alias("stop")]
    Task StopAsync(string name);

    [Alias("names")]
    Task<string> NamesAsync();
}

public sealed class RemindedGrain(Gates gates) : Grain, IRemindedGrain, IRemindable
{
    public Task StartAsync(string name, TimeSpan dueTime, TimeSpan period) => this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task StopAsync(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public async Task<string> NamesAsync() => string.Join(',', (await this.GetReminders()).Select(reminder => reminder.ReminderName));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var gate = gates[$"reminder:{reminderName}"];
        gate.Enter();
        if (reminderName == "failing" && gate.Count == 1)
        {
            await Task.Yield();
            throw new InvalidOperationException("Not this time.");
        }
    }
}
