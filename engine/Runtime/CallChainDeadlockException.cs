using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>
/// A call was refused because it would wait for itself: the grain it calls is busy with a call that it was made from.
/// Elsewhere such a call waits for its time-out, hence the base class.
/// </summary>
public sealed class CallChainDeadlockException : TimeoutException
{
    public CallChainDeadlockException()
    {
    }

    public CallChainDeadlockException(string message)
        : base(message)
    {
    }

    public CallChainDeadlockException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static CallChainDeadlockException Of(GrainCall call, GrainId target)
    {
        var path = new List<string>();
        for (var caller = call.Caller; caller is not null; caller = caller.Caller)
        {
            path.Add($"{caller} on {(caller is RemoteCaller remote ? remote.Grain : caller.Owner?.GrainId)}");
        }

        path.Reverse();
        return new CallChainDeadlockException(
            $"{call} on {target} would wait for itself: {string.Join(" -> ", path)} -> {call}. Mark it [AlwaysInterleave] or [ReadOnly], or do not wait for it.");
    }
}
