using Microsoft.Extensions.Logging;

namespace Actors.Engine.Cluster;

/// <summary>Looks after doubtful silos: gives each the time to renew, then has the table judge whether it goes.</summary>
internal sealed class Evictions(MembershipCalls calls, IMembershipTable table, MembershipOptions options, MembershipInstruments instruments, Random random, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly HashSet<(ClusterMember Member, Doubt Doubt)> _pending = [];
    private int _outages;

    /// <param name="doubtful">What a snapshot has.</param>
    /// <param name="self">The silo that acts, asked again at the time of the act; null if it may not.</param>
    /// <param name="evicted">Called after an eviction.</param>
    public void Consider(IEnumerable<SiloEntry> doubtful, Func<ClusterMember?> self, Action evicted)
    {
        foreach (var entry in doubtful)
        {
            lock (_lock)
            {
                if (!_pending.Add((entry.Member, entry.Doubt)))
                {
                    continue;
                }
            }

            _ = ActAsync(entry, self, evicted);
        }
    }

    /// <summary>The table could not be reached: the others could not renew either, so that all get their time anew.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _outages++;
            _pending.Clear();
        }
    }

    private async Task ActAsync(SiloEntry entry, Func<ClusterMember?> self, Action evicted)
    {
        var outages = Volatile.Read(ref _outages);
        var isStopping = !await calls.WaitAsync(TimeFor(entry));
        lock (_lock)
        {
            if (isStopping || outages != _outages)
            {
                return;
            }

            _pending.Remove((entry.Member, entry.Doubt));
        }

        try
        {
            if (self() is { } by && await calls.DoAsync(token => table.EvictAsync(entry.Member, by, token)))
            {
                MembershipLog.Evicted(log, entry.Member, entry.Doubt);
                instruments.CountEviction(entry.Doubt);
                evicted();
            }
        }
        catch (Exception failure) when (!calls.Stop.IsCancellationRequested)
        {
            // The next renewal tells whether it is still needed.
            MembershipLog.EvictionFailed(log, failure, entry.Member);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    // All silos learn of a doubtful one at once; a little chance saves most of them the act.
    private TimeSpan TimeFor(SiloEntry entry) => (options.RefutationTime * (0.02 + (0.1 * random.NextDouble()))) + entry.Doubt switch
    {
        Doubt.Outvoted => TimeSpan.Zero,
        Doubt.Suspected => entry.LeaseLeft > TimeSpan.Zero ? entry.LeaseLeft : options.RefutationTime,
        _ => options.Renewal,
    };
}
