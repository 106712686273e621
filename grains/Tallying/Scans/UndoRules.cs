namespace Actors.Tallying.Scans;

/// <summary>What taking a scan back does to a stay.</summary>
internal static class UndoRules
{
    /// <summary>Decides an undo. Only what counts now changes; the row of the undo itself is the trail of the rest.</summary>
    public static StayDecision Decide(StayState stay, Scan undo)
    {
        if (undo.RelatedEventId is not { } target)
        {
            return StayRules.Same(ScanOutcome.Unknown);
        }

        if (stay.Displacements.Exists(d => d.Displaced.EventId == target))
        {
            // it had lost its place; now it does not get it back either
            var next = stay.Copy();
            next.Displacements = [.. stay.Displacements.Where(d => d.Displaced.EventId != target)];
            return Answer(next, undo, ScanOutcome.Unchanged);
        }

        return stay.First is { } first
            ? first.EventId == target ? TakeEntryBack(stay, undo, target) : StayRules.Same(ScanOutcome.Unchanged, first)
            : stay.Closed is [.., var last] && last.ClosedBy == target
                ? TakeExitBack(stay, undo, last)
                : StayRules.Same(ScanOutcome.Unchanged);
    }

    /// <summary>The scan whose place it had taken gets it back; when there is none, nobody was seen.</summary>
    private static StayDecision TakeEntryBack(StayState stay, Scan undo, Guid target)
    {
        var next = stay.Copy();
        next.First = stay.Displacements.Find(d => d.Winner == target)?.Displaced;
        next.OpenedBy = next.First is null ? Guid.Empty : stay.OpenedBy;
        return Answer(next, undo, next.First is null ? ScanOutcome.Undone : ScanOutcome.Unchanged);
    }

    private static StayDecision TakeExitBack(StayState stay, Scan undo, ClosedStay last)
    {
        var next = stay.Copy();
        (next.First, next.OpenedBy) = (last.First, last.OpenedBy);
        next.Closed = [.. stay.Closed.SkipLast(1)];
        return Answer(next, undo, ScanOutcome.Reinstated);
    }

    private static StayDecision Answer(StayState next, Scan undo, ScanOutcome outcome)
    {
        next.Undone = [.. next.Undone.TakeLast(StayState.MaxPast - 1), new UndoAnswer(undo.EventId, outcome)];
        return new StayDecision(new ScanDecision(outcome, next.First, Displaced: null), next);
    }
}
