using Orleans;
using Orleans.Runtime;

namespace Actors;

/// <summary>The one way in which grains write.</summary>
internal static class GrainStateExtensions
{
    /// <summary>Makes <paramref name="next"/> the stored state; once that failed, no turn answers from this activation any more.</summary>
    public static Task StoreAsync<TState>(this IGrainBase grain, IPersistentState<TState> state, TState next)
    {
        state.State = next;
        return grain.OrDeactivateAsync(state.WriteStateAsync);
    }

    /// <summary>Runs a write; a failure, whose effect is unknown, ends the activation.</summary>
    public static async Task OrDeactivateAsync(this IGrainBase grain, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
