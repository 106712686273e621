namespace Actors.Engine.State;

/// <summary>A persistent state without its type, as the activation loads it.</summary>
internal abstract class PersistentStateRecord
{
    public abstract Task LoadAsync(CancellationToken cancellationToken);
}
