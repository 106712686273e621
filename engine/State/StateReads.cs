namespace Actors.Engine.State;

/// <summary>Loads state of new activations, only so many at a time, so that a crowd of first calls does not drown the store.</summary>
internal sealed class StateReads(int limit) : IDisposable
{
    private readonly SemaphoreSlim _room = new(limit, limit);

    public async Task LoadAsync(IReadOnlyList<PersistentStateRecord> states, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        try
        {
            await Task.WhenAll(states.Select(state => state.LoadAsync(cancellationToken))).WaitAsync(cancellationToken);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();
}
