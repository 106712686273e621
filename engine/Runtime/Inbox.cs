namespace Actors.Engine.Runtime;

/// <summary>
/// A queue with many writers and one reader, without locks. It also says whether the reader has to be woken:
/// exactly one writer is told so after the reader went idle.
/// </summary>
internal struct Inbox
{
    private static readonly InboxItem Idle = new IdleMark();

    // The idle mark, or the newest item (null: none, and the reader is awake), each linked to an older one.
    private InboxItem? _head = Idle;

    public Inbox()
    {
    }

    /// <summary>Adds an item; true when the caller has to schedule the reader.</summary>
    public bool Add(InboxItem item)
    {
        var head = Volatile.Read(ref _head);
        while (true)
        {
            item.Next = ReferenceEquals(head, Idle) ? null : head;
            var seen = Interlocked.CompareExchange(ref _head, item, head);
            if (ReferenceEquals(seen, head))
            {
                return ReferenceEquals(head, Idle);
            }

            head = seen;
        }
    }

    /// <summary>Takes everything, oldest first; null when there is nothing.</summary>
    public InboxItem? TakeAll()
    {
        if (Volatile.Read(ref _head) is null)
        {
            return null;
        }

        var item = Interlocked.Exchange(ref _head, null);
        InboxItem? oldest = null;
        while (item is not null)
        {
            var older = item.Next;
            item.Next = oldest;
            oldest = item;
            item = older;
        }

        return oldest;
    }

    /// <summary>Ends the reader's work; false when something arrived meanwhile.</summary>
    public bool TryGoIdle() => Interlocked.CompareExchange(ref _head, Idle, null) is null;

    private sealed class IdleMark : InboxItem
    {
        internal override void Execute(Activation activation) => throw new InvalidOperationException("The idle mark is no work.");
    }
}
