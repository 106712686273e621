using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>The activations of this process.</summary>
internal sealed class Catalog(EngineRuntime runtime)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly Func<GrainId, Activation> _create = id => new Activation(
        runtime, id, runtime.Types.FindClass(id.Type) ?? throw new ArgumentException($"There is no grain class of type '{id.Type}'.", nameof(id)));

    private volatile bool _isClosed;
    private long _lastCollection;

    public int Count => _activations.Count;

    /// <summary>Whether nothing is activated any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>The activation of a grain, made if need be.</summary>
    /// <exception cref="SiloUnavailableException">It would have to be made, and the process is stopping.</exception>
    public Activation GetOrCreate(GrainId grainId)
    {
        if (_activations.TryGetValue(grainId, out var found))
        {
            return found;
        }

        return _isClosed
            ? throw new SiloUnavailableException($"{grainId} cannot be activated: the process is stopping.")
            : _activations.GetOrAdd(grainId, _create);
    }

    /// <summary>Hands a call to the grain's activation, or refuses it.</summary>
    public void Post(GrainId grainId, GrainCall call)
    {
        try
        {
            GetOrCreate(grainId).Post(call);
        }
        catch (Exception error) when (error is SiloUnavailableException or ArgumentException)
        {
            call.Refuse(error);
        }
    }

    public void Remove(Activation activation) =>
        _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));

    /// <summary>Asks those that were idle for too long to go; what they are doing meanwhile they decide in their turn.</summary>
    public void CollectIdle(long now, long interval)
    {
        if (now - _lastCollection < interval)
        {
            return;
        }

        _lastCollection = now;
        foreach (var (_, activation) in _activations)
        {
            if (activation.LooksIdle(now))
            {
                activation.Post(new Activation.Collect(now));
            }
        }
    }

    /// <summary>Deactivates everything; later calls are refused. Ends when all are gone or the token fires.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _isClosed = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The process is stopping.");
        while (!_activations.IsEmpty)
        {
            // Again for one that was being made while the catalog closed.
            await DeactivateAllAsync(reason).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks some to go, without waiting for them; returns whom it asked.</summary>
    public IReadOnlyList<Activation> Deactivate(Func<Activation, bool> condition, DeactivationReason reason)
    {
        var asked = _activations.Values.Where(condition).ToList();
        foreach (var activation in asked)
        {
            activation.Deactivate(reason);
        }

        return asked;
    }

    /// <summary>Deactivates what there is now.</summary>
    public async Task DeactivateAllAsync(DeactivationReason reason)
    {
        var all = _activations.Values.ToList();
        foreach (var activation in all)
        {
            activation.Deactivate(reason);
        }

        foreach (var activation in all)
        {
            await activation.WhenGone;
        }
    }
}
