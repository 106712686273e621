using Orleans;

namespace Actors.Engine.Tests.Grains;

/// <summary>Calls another of its kind, and itself after its turn.</summary>
[Alias("tests.crossing")]
public interface ICrossingGrain : IGrainWithStringKey
{
    [Alias("cross")]
    Task<int> CrossAsync(string other);

    [Alias("one")]
    Task<int> OneAsync();

    [Alias("pass")]
    Task PassAsync(string gate);

    [Alias("call-self-later")]
    Task CallSelfLaterAsync();
}

public sealed class CrossingGrain(Gates gates) : Grain, ICrossingGrain
{
    public async Task<int> CrossAsync(string other)
    {
        await gates["crossing"].PassAsync();
        var call = GrainFactory.GetGrain<ICrossingGrain>(other).OneAsync();
        gates[$"crossing:{this.GetPrimaryKeyString()}"].Enter();
        return await call;
    }

    public Task<int> OneAsync() => Task.FromResult(1);

    public Task PassAsync(string gate) => gates[gate].PassAsync();

    public Task CallSelfLaterAsync()
    {
        _ = CallLaterAsync();
        return Task.CompletedTask;
    }

    private async Task CallLaterAsync()
    {
        await gates["later"].PassAsync();
        var call = this.AsReference<ICrossingGrain>().OneAsync();
        gates["later:calling"].Enter();
        await call;
        gates["later:called"].Enter();
    }
}
