namespace Actors.Tallying.Scans;

/// <summary>Which scan of a certificate is the first of a stay, and when a stay ends: pure functions of what is stored.</summary>
internal static class StayRules
{
    /// <summary>Decides a scan, an exit or an undo.</summary>
    /// <param name="definition">What the certificate says, or null when there is none.</param>
    /// <param name="stay">Who was seen with it so far.</param>
    /// <param name="scan">The event.</param>
    public static StayDecision Decide(CertificateState? definition, StayState stay, Scan scan)
    {
        if (RepeatedAnswer(stay, scan.EventId) is { } repeated)
        {
            return Same(repeated.Outcome, repeated.First, repeated.Displaced);
        }

        return scan.Type switch
        {
            _ when Stranger(definition, scan) is { } stranger => Same(stranger),
            TallyEventType.Exit => Leave(stay, scan),
            TallyEventType.Undo => UndoRules.Decide(stay, scan),
            _ when Refusal(definition!, stay, scan) is { } refusal => Same(refusal),
            _ => Enter(stay, scan),
        };
    }

    /// <summary>By corrected time; at the same time by uuid, in the order of its text.</summary>
    public static bool IsEarlier(FirstScan candidate, FirstScan first)
    {
        var order = candidate.Time.CompareTo(first.Time);
        return order < 0 || (order == 0 && UuidOrder.Comparer.Compare(candidate.EventId, first.EventId) < 0);
    }

    /// <summary>An answer that changes nothing.</summary>
    public static StayDecision Same(ScanOutcome outcome, FirstScan? first = null, FirstScan? displaced = null) =>
        new(new ScanDecision(outcome, first, displaced), Next: null);

    private static StayDecision Enter(StayState stay, Scan scan)
    {
        var candidate = new FirstScan(scan.EventId, scan.ReaderId, scan.ReaderName, scan.Time);
        if (stay.Closed.Find(closed => scan.Time <= closed.ClosedAt) is { } past)
        {
            // made before an exit and told after it: of a stay that is over
            return Same(ScanOutcome.Duplicate, past.First);
        }

        var next = stay.Copy();
        next.First = candidate;
        if (stay.First is not { } first)
        {
            next.OpenedBy = scan.EventId;
            return new StayDecision(new ScanDecision(ScanOutcome.First, candidate, Displaced: null), next);
        }

        if (!IsEarlier(candidate, first))
        {
            return Same(ScanOutcome.Duplicate, first);
        }

        next.Displacements = [.. stay.Displacements.TakeLast(StayState.MaxDisplacements - 1), new Displacement(scan.EventId, first)];
        return new StayDecision(new ScanDecision(ScanOutcome.Duplicate, candidate, first), next);
    }

    /// <summary>Who is inside may always leave, with a certificate that ran out or was revoked meanwhile, too.</summary>
    private static StayDecision Leave(StayState stay, Scan scan)
    {
        if (stay.First is not { } first || scan.Time < first.Time)
        {
            return Same(ScanOutcome.Absent);
        }

        var next = stay.Copy();
        (next.First, next.OpenedBy) = (null, Guid.Empty);
        next.Closed = [.. stay.Closed.TakeLast(StayState.MaxPast - 1), new ClosedStay(stay.OpenedBy, first, scan.EventId, scan.Time)];
        return new StayDecision(new ScanDecision(ScanOutcome.Left, first, Displaced: null), next);
    }

    /// <summary>The old answer of an event that changed something; other events can be decided anew.</summary>
    private static ScanDecision? RepeatedAnswer(StayState stay, Guid eventId)
    {
        if (stay.First is not null && eventId == stay.OpenedBy)
        {
            return new ScanDecision(ScanOutcome.First, stay.First, Displaced: null);
        }

        if (stay.Displacements.Find(d => d.Winner == eventId) is { } displacement)
        {
            return new ScanDecision(ScanOutcome.Duplicate, stay.First ?? stay.Closed.LastOrDefault()?.First, displacement.Displaced);
        }

        if (stay.Closed.Find(closed => closed.OpenedBy == eventId || closed.ClosedBy == eventId) is { } past)
        {
            return new ScanDecision(past.OpenedBy == eventId ? ScanOutcome.First : ScanOutcome.Left, past.First, Displaced: null);
        }

        return stay.Undone.Find(undo => undo.EventId == eventId) is { } undone
            ? new ScanDecision(undone.Outcome, stay.First, Displaced: null)
            : null;
    }

    private static ScanOutcome? Stranger(CertificateState? definition, Scan scan) => definition switch
    {
        null => ScanOutcome.Unknown,
        _ when definition.Campaign != scan.Campaign => ScanOutcome.Foreign,
        _ => null,
    };

    /// <summary>
    /// A revoked certificate opens nothing, whenever it was scanned; validity is judged at the time of the scan, so that
    /// what was valid at an offline door stays so.
    /// </summary>
    private static ScanOutcome? Refusal(CertificateState definition, StayState stay, Scan scan) => definition switch
    {
        _ when definition.Revoked || stay.Revoked => ScanOutcome.Revoked,
        _ when scan.Time >= definition.ValidityEnd => ScanOutcome.Expired,
        _ when scan.Time < definition.ValidityStart => ScanOutcome.Early,
        _ => null,
    };
}

/// <summary>What a scan leads to.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Next">The state to store before answering, or null when it stays as it is.</param>
internal sealed record StayDecision(ScanDecision Answer, StayState? Next);
