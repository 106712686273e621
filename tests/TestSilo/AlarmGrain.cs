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
}

/// <inheritdoc cref="IAlarmGrain"/>
public sealed class AlarmGrain([PersistentState("alarm")] IPersistentState<AlarmState> state) : Grain, IAlarmGrain, IRemindable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    public Task SetAsync(TimeSpan dueTime) => this.RegisterOrUpdateReminder("alarm", dueTime, Period);

    public Task<int> RingsAsync() => Task.FromResult(state.State.Rings);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        state.State.Rings++;
        return state.WriteStateAsync();
    }
}
