using Orleans;
using Orleans.Runtime;

namespace Actors.TestSilo;

/// <summary>Rings once it is due, and keeps in its state how often it did.</summary>
[Alias("tests.alarm")]
public interface IAlarmGrain : IGrainWithStringKey
{
    /// <summary>Sets it.</summary>
    [Alias("set")]
    Task SetAsync(TimeSpan dueTime);

    /// <summary>How often it rang.</summary>
    [Alias("rings")]
    Task<int> RingsAsync();
}

/// <summary>What is stored of an alarm.</summary>
[GenerateSerializer, Alias("tests.alarm-state")]
public sealed class AlarmState
{
    [Id(0)]
    public int Rings { get; set; }

    /// <summary>When it has to ring; null once it has.</summary>
    [Id(1)]
    public DateTimeOffset? DueAt { get; set; }
}

/// <inheritdoc cref="IAlarmGrain"/>
/// <remarks>
/// What is due stands in the state, and the reminder is only what looks there. It has the shortest period, because an
/// engine may leave out a tick that failed or that came while nothing ran: then the next one finds what is due.
/// </remarks>
public sealed class AlarmGrain([PersistentState("alarm")] IPersistentState<AlarmState> state, TimeProvider time)
    : Grain, IAlarmGrain, IRemindable
{
    private const string Reminder = "alarm";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public async Task SetAsync(TimeSpan dueTime)
    {
        await StoreAsync(new AlarmState { Rings = state.State.Rings, DueAt = time.GetUtcNow() + dueTime });
        await this.RegisterOrUpdateReminder(Reminder, dueTime, Period);
    }

    public Task<int> RingsAsync() => Task.FromResult(state.State.Rings);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (state.State.DueAt > time.GetUtcNow())
        {
            return;
        }

        if (state.State.DueAt is not null)
        {
            await StoreAsync(new AlarmState { Rings = state.State.Rings + 1 });
        }

        if (await this.GetReminder(Reminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    // After a write that failed nobody knows what is stored: the next activation reads it.
    private async Task StoreAsync(AlarmState next)
    {
        try
        {
            state.State = next;
            await state.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
