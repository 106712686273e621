namespace Actors.Tallying.Scans;

/// <summary>Which scan of a certificate is the first: a pure function of what is stored.</summary>
internal static class StayRules
{
    /// <summary>Decides a scan.</summary>
    /// <param name="definition">What the certificate says, or null when there is none.</param>
    /// <param name="stay">Who was seen with it so far.</param>
    /// <param name="scan">The scan.</param>
    public static StayDecision Decide(CertificateState? definition, StayState stay, Scan scan)
    {
        if (stay.First is { } known && RepeatedAnswer(stay, known, scan.EventId) is { } repeated)
        {
            return new StayDecision(repeated, Next: null);
        }

        if (Refusal(definition, stay, scan) is { } refusal)
        {
            return new StayDecision(new ScanDecision(refusal, First: null, Displaced: null), Next: null);
        }

        var candidate = new FirstScan(scan.EventId, scan.ReaderId, scan.ReaderName, scan.Time);
        if (stay.First is not { } first)
        {
            var opened = new StayState { OpenedBy = scan.EventId, First = candidate };
            return new StayDecision(new ScanDecision(ScanOutcome.First, candidate, Displaced: null), opened);
        }

        if (!IsEarlier(candidate, first))
        {
            return new StayDecision(new ScanDecision(ScanOutcome.Duplicate, first, Displaced: null), Next: null);
        }

        var displaced = new StayState
        {
            OpenedBy = stay.OpenedBy,
            First = candidate,
            Displacements = [.. stay.Displacements.TakeLast(StayState.MaxDisplacements - 1), new Displacement(scan.EventId, first)],
        };
        return new StayDecision(new ScanDecision(ScanOutcome.Duplicate, candidate, first), displaced);
    }

    /// <summary>By corrected time; at the same time by uuid, in the order of its text.</summary>
    public static bool IsEarlier(FirstScan candidate, FirstScan first)
    {
        var order = candidate.Time.CompareTo(first.Time);
        return order < 0 || (order == 0 && UuidOrder.Comparer.Compare(candidate.EventId, first.EventId) < 0);
    }

    /// <summary>The old answer of an event that changed the stay; other events change nothing and can be decided anew.</summary>
    private static ScanDecision? RepeatedAnswer(StayState stay, FirstScan first, Guid eventId)
    {
        if (eventId == stay.OpenedBy)
        {
            return new ScanDecision(ScanOutcome.First, first, Displaced: null);
        }

        var displacement = stay.Displacements.Find(d => d.Winner == eventId);
        return displacement is null ? null : new ScanDecision(ScanOutcome.Duplicate, first, displacement.Displaced);
    }

    /// <summary>
    /// A revoked certificate opens nothing, whenever it was scanned; validity is judged at the time of the scan, so that
    /// what was valid at an offline door stays so.
    /// </summary>
    private static ScanOutcome? Refusal(CertificateState? definition, StayState stay, Scan scan) => definition switch
    {
        null => ScanOutcome.Unknown,
        _ when definition.Campaign != scan.Campaign => ScanOutcome.Foreign,
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
