using Orleans.Runtime;

namespace Actors.Api.Problems;

/// <summary>Repeats commands that carry an id: a lost answer says nothing about whether the command was obeyed.</summary>
internal static class Retry
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Sends until an answer comes or the time is over; then the last failure goes to the caller, who answers 503.</summary>
    /// <param name="command">Sends the command; it must be the same each time, id included.</param>
    /// <param name="deadline">How long to go on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public static async Task<T> UntilAnsweredAsync<T>(Func<CancellationToken, Task<T>> command, TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() + deadline;
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            try
            {
                // a call that gets no answer has the time that is left, not the engine's own
                var left = end - time.GetUtcNow();
                return await command(cancellationToken).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (Exception failure) when (IsUnknown(failure) && time.GetUtcNow() + pause < end)
            {
                // half to all of it, so that many callers do not come back at the same moment
                await Task.Delay(pause * ((1 + Random.Shared.NextDouble()) / 2), time, cancellationToken);
            }
        }
    }

    /// <summary>Whether it is unknown if the command was obeyed, or it was not, and may be sent again.</summary>
    public static bool IsUnknown(Exception failure) =>
        failure is TimeoutException or OrleansMessageRejectionException;
}
