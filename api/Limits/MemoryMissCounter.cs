using Actors.Limits;

namespace Actors.Api.Limits;

/// <summary>Counts of one process, bounded in memory.</summary>
internal sealed class MemoryMissCounter(TimeProvider time) : IMissCounter
{
    private const int MaxClients = 100_000;

    private readonly Lock _lock = new();
    private readonly MissTable _misses = new(time, MaxClients);

    public ValueTask<MissCount> CountAsync(MissKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(MissCount.Of(_misses.Count(key.ToString())));
        }
    }

    public ValueTask AddAsync(MissKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _misses.Add(key.ToString(), key.IsEverybody);
        }

        return ValueTask.CompletedTask;
    }
}
