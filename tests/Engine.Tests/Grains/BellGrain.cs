using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Utilities;

namespace Actors.Engine.Tests.Grains;

[Alias("tests.listener")]
public interface IListener : IGrainObserver
{
    [Alias("ring"), OneWay]
    Task RingAsync(int number);
}

/// <summary>Rings to whoever listens.</summary>
[Alias("tests.bell")]
public interface IBellGrain : IGrainWithStringKey
{
    [Alias("subscribe")]
    Task SubscribeAsync(IListener listener);

    [Alias("unsubscribe")]
    Task UnsubscribeAsync(IListener listener);

    [Alias("ring")]
    Task<int> RingAsync(int number);
}

public sealed class BellGrain : Grain, IBellGrain
{
    private readonly ObserverManager<IListener> _listeners;

    public BellGrain(TimeProvider time, ILogger<BellGrain> log) =>
        _listeners = new ObserverManager<IListener>(TimeSpan.FromMinutes(1), log) { GetDateTime = () => time.GetUtcNow().UtcDateTime };

    public Task SubscribeAsync(IListener listener)
    {
        _listeners.Subscribe(listener, listener);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(IListener listener)
    {
        _listeners.Unsubscribe(listener);
        return Task.CompletedTask;
    }

    public async Task<int> RingAsync(int number)
    {
        await _listeners.Notify(listener => listener.RingAsync(number));
        return _listeners.Count;
    }
}
