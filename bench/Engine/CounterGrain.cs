using Orleans;

namespace Actors.Bench.Engine;

/// <summary>The smallest grain: what it costs is the engine.</summary>
[Alias("bench.counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Adds.</summary>
    [Alias("add")]
    ValueTask<long> AddAsync(int amount);

    /// <summary>Adds, after giving the thread away once.</summary>
    [Alias("add-slowly")]
    Task<long> AddSlowlyAsync(int amount);
}

/// <inheritdoc cref="ICounterGrain"/>
public sealed class CounterGrain : Grain, ICounterGrain
{
    private long _total;

    public ValueTask<long> AddAsync(int amount) => ValueTask.FromResult(_total += amount);

    public async Task<long> AddSlowlyAsync(int amount)
    {
        await Task.Yield();
        return _total += amount;
    }
}
