using Orleans;
using Orleans.Concurrency;

namespace Actors.Engine.Tests.Grains;

/// <summary>A grain that does what a test tells it, without state.</summary>
[Alias("tests.worker")]
public interface IWorkerGrain : IGrainWithStringKey
{
    [Alias("activation")]
    Task<Guid> ActivationAsync();

    [Alias("increment-slowly")]
    Task<int> IncrementSlowlyAsync();

    [Alias("increment-interleaving"), AlwaysInterleave]
    Task<bool> IncrementInterleavingAsync();

    [Alias("count")]
    ValueTask<int> CountAsync();

    [Alias("pass")]
    Task PassAsync(string gate);

    [Alias("pass-cancellable")]
    Task PassCancellableAsync(string gate, CancellationToken cancellationToken);

    [Alias("block")]
    Task BlockAsync(string gate);

    [Alias("pass-interleaving"), AlwaysInterleave]
    Task PassInterleavingAsync(string gate);

    [Alias("pass-reading"), ReadOnly]
    Task PassReadingAsync(string gate);

    [Alias("tell"), OneWay]
    Task TellAsync(string gate);

    [Alias("tell-failing"), OneWay]
    Task TellFailingAsync(string gate);

    [Alias("fail")]
    Task<int> FailAsync(string message, bool late);

    [Alias("deactivate")]
    Task DeactivateAsync();

    [Alias("delay-deactivation")]
    Task DelayDeactivationAsync(TimeSpan time);

    [Alias("call-back")]
    Task<int> CallThroughAsync(string other, string method);

    [Alias("call-back-passing")]
    Task PassThenCallAsync(string gate, string other, string method);

    [Alias("call-back-reading"), ReadOnly]
    Task<int> CallThroughReadingAsync(string gate, string other, string method);

    [Alias("one")]
    Task<int> OneAsync();

    [Alias("one-interleaving"), AlwaysInterleave]
    Task<int> OneInterleavingAsync();

    [Alias("one-reading"), ReadOnly]
    Task<int> OneReadingAsync();

    [Alias("start-timer")]
    Task StartTimerAsync(string gate, TimeSpan dueTime, TimeSpan period, bool interleave, bool keepAlive);

    [Alias("stop-timer")]
    Task StopTimerAsync();
}
