using Actors.Api.Problems;
using Actors.Limits;
using Orleans;

namespace Actors.Api.Limits;

/// <summary>
/// Counts that all servers of a cluster share, in grains. Only who guesses wrong waits for them. Where they do not answer,
/// this process's own count goes on, so that an outage is no licence to guess.
/// </summary>
internal sealed class ClusterMissCounter(IGrainFactory grains, TimeProvider time) : IMissCounter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly MemoryMissCounter _own = new(time);

    public async ValueTask<MissCount> CountAsync(MissKey key, CancellationToken cancellationToken)
    {
        var own = await _own.CountAsync(key, cancellationToken);
        try
        {
            var shared = MissCount.Of(await Grain(key).CountAsync(key.Client).WaitAsync(Patience, time, cancellationToken));
            return shared.Value >= own.Value ? shared : own;
        }
        catch (Exception failure) when (Outages.Include(failure))
        {
            return own;
        }
    }

    public async ValueTask AddAsync(MissKey key, CancellationToken cancellationToken)
    {
        await _own.AddAsync(key, cancellationToken);
        try
        {
            await Grain(key).AddAsync(key.Client).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception failure) when (Outages.Include(failure))
        {
            // counted here at least
        }
    }

    private IMissCounterGrain Grain(MissKey key) =>
        grains.GetMissCounterGrain(key.IsEverybody ? MissCounterKey.Everybody(key.Kind) : MissCounterKey.Of(key.Kind, key.Client));
}
