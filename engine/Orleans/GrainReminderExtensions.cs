using Actors.Engine.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders of the calling grain.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Stores a reminder; it fires first after <paramref name="dueTime"/>, then every <paramref name="period"/> (one minute or more).</summary>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ActivationServices.Of(grain).RegisterReminderAsync(reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ActivationServices.Of(grain).RegisterReminderAsync(reminderName, dueTime, period);

    /// <summary>Removes a reminder; a tick that is on its way may still arrive.</summary>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        ActivationServices.Of(grain).UnregisterReminderAsync(reminder);

    /// <inheritdoc cref="UnregisterReminder(Grain, IGrainReminder)"/>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        ActivationServices.Of(grain).UnregisterReminderAsync(reminder);

    /// <summary>The reminder of this name, null when there is none.</summary>
    public static Task<IGrainReminder> GetReminder(this Grain grain, string reminderName) =>
        ActivationServices.Of(grain).GetReminderAsync(reminderName);

    /// <inheritdoc cref="GetReminder(Grain, string)"/>
    public static Task<IGrainReminder> GetReminder(this IGrainBase grain, string reminderName) =>
        ActivationServices.Of(grain).GetReminderAsync(reminderName);

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) =>
        ActivationServices.Of(grain).GetRemindersAsync();

    /// <inheritdoc cref="GetReminders(Grain)"/>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        ActivationServices.Of(grain).GetRemindersAsync();
}
