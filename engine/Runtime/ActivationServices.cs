using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>What the extension methods of grains reach in the activation behind a grain object.</summary>
internal interface IActivationServices
{
    IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options);

    Task<IGrainReminder> RegisterReminderAsync(string name, TimeSpan dueTime, TimeSpan period);

    Task UnregisterReminderAsync(IGrainReminder reminder);

    Task<IGrainReminder> GetReminderAsync(string name);

    Task<List<IGrainReminder>> GetRemindersAsync();
}

internal static class ActivationServices
{
    public static IActivationServices Of(IGrainBase grain) =>
        grain.GrainContext as IActivationServices
        ?? throw new InvalidOperationException("This grain object was not made by a runtime.");
}
