using Actors.Silo.Storage;
using Actors.TestKit.Clusters;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Engine.Tests.Grains;

/// <summary>A state store whose next write fails when told to, before or after it was done.</summary>
public sealed class FaultyStateStore(IStateStore inner) : IStateStore
{
    public bool FailsBeforeWrite { get; set; }

    public bool FailsAfterWrite { get; set; }

    /// <summary>Puts one over a cluster's store, at each of its starts.</summary>
    public static void AddTo(GrainClusterOptions options, Action<FaultyStateStore> made)
    {
        var others = options.Services;
        options.Services = services =>
        {
            others(services);
            var inner = (IStateStore)services.Last(service => service.ServiceType == typeof(IStateStore)).ImplementationInstance!;
            var store = new FaultyStateStore(inner);
            services.AddSingleton<IStateStore>(store);
            made(store);
        };
    }

    public ValueTask<StoredState?> ReadAsync(StateKey key, CancellationToken cancellationToken) => inner.ReadAsync(key, cancellationToken);

    public async ValueTask<StateWriteResult> WriteAsync(StateKey key, byte[] payload, string? etag, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (FailsBeforeWrite)
        {
            FailsBeforeWrite = false;
            throw new IOException("The disk is full.");
        }

        var result = await inner.WriteAsync(key, payload, etag, cancellationToken);
        if (FailsAfterWrite)
        {
            FailsAfterWrite = false;
            throw new IOException("The connection was lost.");
        }

        return result;
    }

    public ValueTask<StateWriteResult> ClearAsync(StateKey key, string etag, CancellationToken cancellationToken) =>
        inner.ClearAsync(key, etag, cancellationToken);
}
