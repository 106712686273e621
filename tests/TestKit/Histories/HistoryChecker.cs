using System.Collections.Immutable;

namespace Actors.TestKit.Histories;

/// <summary>
/// Compares what clients were told with what is stored. Knows nothing of how scans are decided: of the scans of one
/// certificate answered online at most one says first, every acknowledged scan is in the log exactly once, and an answer
/// does not change when the scan is repeated.
/// </summary>
public static class HistoryChecker
{
    /// <param name="answers">Every answer that a client got, unconfirmed ones left out.</param>
    /// <param name="log">Every scan in the log, read after the last answer.</param>
    public static ImmutableArray<Violation> Check(IReadOnlyCollection<AnsweredScan> answers, IReadOnlyCollection<StoredScan> log)
    {
        var stored = log.ToLookup(scan => scan.Event);
        return
        [
            .. DoubleFirsts("answers", answers.Where(answer => answer.IsOnline).Select(answer => (answer.Certificate, answer.Event, answer.Outcome))),
            .. DoubleFirsts("the log", log.Select(scan => (scan.Certificate, scan.Event, scan.Outcome))),
            .. stored.Where(rows => rows.Count() > 1)
                .Select(rows => new Violation(ViolationKind.StoredTwice, $"Scan {rows.Key} is in the log {rows.Count()} times.")),
            .. answers.GroupBy(answer => answer.Event).SelectMany(scan => CheckScan([.. scan], [.. stored[scan.Key]])),
        ];
    }

    private static IEnumerable<Violation> DoubleFirsts(string place, IEnumerable<(Guid Certificate, Guid Event, string Outcome)> scans) =>
        from scan in scans
        where scan.Outcome == AnsweredScan.First
        group scan.Event by scan.Certificate into certificate
        let events = certificate.Distinct().ToList()
        where events.Count > 1
        select new Violation(ViolationKind.DoubleFirst, $"In {place}, certificate {certificate.Key} was first by scans {string.Join(" and ", events)}.");

    private static IEnumerable<Violation> CheckScan(AnsweredScan[] answers, StoredScan[] rows)
    {
        var (id, certificate) = (answers[0].Event, answers[0].Certificate);
        if (!Array.Exists(rows, row => row.Certificate == certificate))
        {
            yield return new Violation(ViolationKind.LostWrite, $"Scan {id} of certificate {certificate} was answered {answers[0].Outcome} and is not in the log.");
        }

        var told = answers.Select(answer => answer.Outcome).Distinct().ToList();
        var kept = rows.Select(row => row.Outcome).Distinct().ToList();
        if (told.Count > 1 || kept.Except(told).Any())
        {
            yield return new Violation(
                ViolationKind.OutcomeChanged, $"Scan {id} of certificate {certificate} was answered {string.Join(", then ", told)} and is stored as {string.Join(", ", kept)}.");
        }
    }
}
