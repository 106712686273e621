namespace Actors.Engine.Runtime;

/// <summary>Something that an activation does in its turn; also the link of the queue that it waits in.</summary>
public abstract class InboxItem
{
    internal InboxItem? Next;

    private protected InboxItem()
    {
    }

    /// <summary>Runs on the activation; must not throw.</summary>
    internal abstract void Execute(Activation activation);
}
