using System.Collections.Immutable;

namespace Actors.Tallying.Readers;

/// <summary>Which readers have to be told that their scans met.</summary>
internal static class Conflicts
{
    /// <summary>Told at most per reader and synchronisation; all of it is in the log.</summary>
    public const int MaxPerReader = 100;

    /// <summary>
    /// A scan made offline that is not the first, or that took the place of the first, is told to both readers, each by
    /// its own event. What happens online is answered at once and needs no telling. A page says which of its scans it
    /// answered by itself; of old clients, which do not, the delay tells.
    /// </summary>
    public static ImmutableArray<ReaderConflicts> Among(
        ImmutableArray<DecidedScan> decided, Dictionary<Guid, ScanDecision> decisions, TimeSpan lateAfter) =>
        [.. decided
            .Where(scan => decisions.ContainsKey(scan.Row.EventId))
            .SelectMany(scan => Of(scan.Row, decisions[scan.Row.EventId], lateAfter))
            .GroupBy(told => told.Reader, told => told.Conflict)
            .Select(group => new ReaderConflicts(group.Key, [.. group.Take(MaxPerReader)]))];

    private static IEnumerable<(Guid Reader, ScanConflict Conflict)> Of(LoggedScan row, ScanDecision decision, TimeSpan lateAfter)
    {
        if (decision.Outcome != ScanOutcome.Duplicate || decision.First is not { } first)
        {
            yield break;
        }

        // the other scan: the one that lost its place, or the first that keeps it
        var other = decision.Displaced ?? (row.Offline || row.ReceivedAt - row.Time > lateAfter ? first : null);
        if (other is null || other.ReaderId == row.ReaderId)
        {
            yield break;
        }

        yield return (other.ReaderId, new ScanConflict(other.EventId, row.CertificateId, first));
        yield return (row.ReaderId, new ScanConflict(row.EventId, row.CertificateId, first));
    }
}

/// <summary>What one reader is told.</summary>
internal sealed record ReaderConflicts(Guid Reader, ImmutableArray<ScanConflict> Conflicts);
