using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that can be reminded.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder is due; at least once per due time.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
