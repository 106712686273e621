using Orleans;

namespace Actors.Engine.Tests.Grains;

/// <summary>Calls a worker back.</summary>
[Alias("tests.relay")]
public interface IRelayGrain : IGrainWithStringKey
{
    [Alias("call-back")]
    Task<int> CallBackAsync(string worker, string method);
}

public sealed class RelayGrain : Grain, IRelayGrain
{
    public async Task<int> CallBackAsync(string worker, string method)
    {
        await Task.Yield();
        var target = GrainFactory.GetGrain<IWorkerGrain>(worker);
        return method switch
        {
            nameof(IWorkerGrain.OneAsync) => await target.OneAsync(),
            nameof(IWorkerGrain.OneInterleavingAsync) => await target.OneInterleavingAsync(),
            nameof(IWorkerGrain.OneReadingAsync) => await target.OneReadingAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };
    }
}
