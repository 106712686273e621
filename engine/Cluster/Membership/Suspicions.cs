using Microsoft.Extensions.Logging;

namespace Actors.Engine.Cluster;

/// <summary>
/// What this process does not hear. A silo keeps saying so until it hears the other again or the other is gone: only
/// what is repeated counts against a silo that can renew. A process that only calls says it once.
/// </summary>
internal sealed class Suspicions(MembershipCalls calls, IMembershipTable table, MembershipOptions options, MembershipInstruments instruments, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ClusterMember> _pending = [];

    /// <param name="suspect">Who is not heard.</param>
    /// <param name="reason">For the log.</param>
    /// <param name="self">This process as a silo, or null.</param>
    /// <param name="isMember">Whether there is still somebody to suspect.</param>
    /// <param name="canReach">Tries to reach it.</param>
    /// <param name="said">Called after it was written.</param>
    public void Add(
        ClusterMember suspect,
        string reason,
        Func<ClusterMember?> self,
        Func<ClusterMember, bool> isMember,
        Func<ClusterMember, Task<bool>> canReach,
        Action said)
    {
        lock (_lock)
        {
            if (!_pending.Add(suspect))
            {
                return;
            }
        }

        MembershipLog.Suspected(log, suspect, reason);
        instruments.CountSuspicion();
        _ = RunAsync();

        async Task RunAsync()
        {
            var pause = options.RefutationTime * 1.1;
            do
            {
                await SayAsync(suspect, self(), said);
                if (!await calls.WaitAsync(pause))
                {
                    return;
                }

                // Shorter than a lease, for which what was said counts.
                pause = TimeSpan.FromTicks(Math.Min((pause * 1.5).Ticks, (options.Lease / 3).Ticks));
            }
            while (self() is not null && isMember(suspect) && !await canReach(suspect));

            lock (_lock)
            {
                _pending.Remove(suspect);
            }
        }
    }

    private async Task SayAsync(ClusterMember suspect, ClusterMember? by, Action said)
    {
        try
        {
            await calls.DoAsync(token => table.SuspectAsync(suspect, by, token));
            said();
        }
        catch (Exception failure) when (!calls.Stop.IsCancellationRequested)
        {
            MembershipLog.SuspicionFailed(log, failure, suspect);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
