namespace Actors.Printing.Terminals;

/// <summary>What becomes of a terminal's items: steps from one state to the next, without effects.</summary>
internal static class TerminalQueue
{
    /// <summary>Ended jobs that are remembered.</summary>
    public const int MaxEnded = 20;

    /// <summary>After this time nobody will say any more how a job ended.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private static readonly PrintProgress Waiting = new(PrintState.Queued, Sheet: null, Of: null, Reason: null);

    public static bool Knows(this TerminalState state, Guid id) =>
        state.Items.Any(item => item.Item.Id == id) || state.Ended.Any(job => job.Id == id);

    public static TerminalState Add(this TerminalState state, TerminalItem item, DateTimeOffset now) =>
        state with { Items = state.Items.Add(new StoredItem(item, now, TakenAt: null, Fetched: [], Waiting)) };

    public static StoredItem? Find(this TerminalState state, Guid id) => state.Items.FirstOrDefault(item => item.Item.Id == id);

    /// <summary>The item one of whose contents this is, that still waits to be fetched; the oldest.</summary>
    public static (StoredItem Item, QueuedFile File)? FindUnfetched(this TerminalState state, string storedName)
    {
        foreach (var item in state.Items.Where(item => !item.IsTaken))
        {
            if (item.Rest.Files.FirstOrDefault(file => file.StoredName == storedName) is { } file)
            {
                return (item, file);
            }
        }

        return null;
    }

    /// <summary>A content was fetched; with the last one the item is done.</summary>
    public static TerminalState Fetch(this TerminalState state, StoredItem item, QueuedFile file)
    {
        var next = item with { Fetched = item.Fetched.Add(file.Print), Progress = item.Progress with { State = PrintState.Taken } };
        return next.Rest.Files.IsEmpty ? state.End(next) : state.Put(next);
    }

    /// <summary>The terminal has said that it has the item.</summary>
    public static TerminalState Take(this TerminalState state, StoredItem item, DateTimeOffset now) => item.Item.Command is null
        ? state.Put(item with { TakenAt = now, Progress = item.Progress with { State = PrintState.Taken } })
        : state.End(item);

    public static TerminalState Put(this TerminalState state, StoredItem item) =>
        state with { Items = [.. state.Items.Select(present => present.Item.Id == item.Item.Id ? item : present)] };

    /// <summary>Takes an item out; jobs are remembered for a while.</summary>
    public static TerminalState End(this TerminalState state, StoredItem item) => state with
    {
        Items = state.Items.RemoveAll(present => present.Item.Id == item.Item.Id),
        Ended = item.Item.Command is null ? [item.Describe(), .. state.Ended.Take(MaxEnded - 1)] : state.Ended,
    };

    /// <summary>The terminal is gone: how the jobs that it has will end is not known any more.</summary>
    public static TerminalState Lose(this TerminalState state, DateTimeOffset now)
    {
        var lost = state with
        {
            Items = [.. state.Items.Select(item => item.IsTaken ? item with { Progress = item.Progress with { State = PrintState.Unknown } } : item)],
        };
        return lost.Items.Where(item => item.TakenAt + Forgotten < now).Aggregate(lost, End);
    }
}
