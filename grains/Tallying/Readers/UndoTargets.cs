using Microsoft.Extensions.Logging;

namespace Actors.Tallying.Readers;

/// <summary>Looks up what undos take back: a scan or exit of the same reader and certificate, which is decided first.</summary>
internal sealed partial class UndoTargets(ITallyLog tallyLog, ILogger log)
{
    private readonly ILogger _log = log;

    /// <summary>
    /// Of rows that are to be decided, those that can be now. The undos of nothing are answered at once; one whose target has
    /// no decision yet waits, and is offered again with it.
    /// </summary>
    public async Task<List<LoggedScan>> SortAsync(List<LoggedScan> asked, Dictionary<Guid, ScanDecision> answered)
    {
        if (!asked.Exists(row => row.Type == TallyEventType.Undo))
        {
            return asked;
        }

        var ready = new List<LoggedScan>(asked.Count);
        foreach (var row in asked)
        {
            switch (row.Type == TallyEventType.Undo ? await FindAsync(row, asked) : Target.Decided)
            {
                case Target.Decided:
                    ready.Add(row);
                    break;
                case Target.None:
                    answered[row.EventId] = new ScanDecision(ScanOutcome.Unknown, First: null, Displaced: null);
                    break;
                default:
                    break;
            }
        }

        return ready;
    }

    private async Task<Target> FindAsync(LoggedScan undo, List<LoggedScan> asked)
    {
        if (asked.Exists(row => IsTarget(undo, row)))
        {
            // the desk decides it before the undo
            return Target.Decided;
        }

        try
        {
            var row = await tallyLog.FindAsync(undo.RelatedEventId ?? Guid.Empty, CancellationToken.None);
            return row is null || !IsTarget(undo, row)
                ? Target.None
                : row.Outcome == ScanOutcome.Unconfirmed ? Target.Undecided : Target.Decided;
        }
        catch (IOException e)
        {
            LogNotFound(e, undo.EventId);
            return Target.Undecided;
        }
    }

    private static bool IsTarget(LoggedScan undo, LoggedScan row) =>
        row.EventId == undo.RelatedEventId && row.ReaderId == undo.ReaderId && row.CertificateId == undo.CertificateId
        && row.Type is TallyEventType.Seen or TallyEventType.Exit;

    private enum Target
    {
        None,
        Undecided,
        Decided,
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What event {EventId} takes back could not be looked up; it is offered again.")]
    private partial void LogNotFound(Exception error, Guid eventId);
}
