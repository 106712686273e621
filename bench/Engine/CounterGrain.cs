using Orleans;

namespace Actors.Bench.Engine;

/// <summary>Adds up.</summary>
[Alias("actors.bench.counter")]
internal interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<long> AddAsync(long by);
}

internal sealed class CounterGrain : Grain, ICounterGrain
{
    private long _sum;

    public Task<long> AddAsync(long by) => Task.FromResult(_sum += by);
}
