using Actors.Tallying.Scans;

namespace Actors.Tallying.Readers;

/// <summary>Makes rows of the log from what a page hands in.</summary>
internal static class ScanRows
{
    /// <summary>A row without decision; only a refused code has its outcome already, which its page alone knows.</summary>
    public static LoggedScan Of(ReaderInfo reader, long sequence, ScanReport scan, DateTimeOffset now, TimeSpan offset, DateTimeOffset? lastSync)
    {
        // who does not know of types sends the default
        var type = scan.Type is TallyEventType.Exit or TallyEventType.Undo or TallyEventType.Refused ? scan.Type : TallyEventType.Seen;
        return new LoggedScan(
            reader.Id, sequence, reader.Campaign, reader.Name, scan.EventId, scan.CertificateId,
            TimeCorrection.ToMicroseconds(TimeCorrection.Correct(scan.ReaderTime, offset, now, lastSync)),
            TimeCorrection.ToMicroseconds(scan.ReaderTime), now, offset,
            type == TallyEventType.Refused ? Refusal(scan.Refusal) : ScanOutcome.Unconfirmed,
            type, scan.Offline, reader.Gate, type == TallyEventType.Undo ? scan.RelatedEventId : null);
    }

    private static ScanOutcome Refusal(ScanOutcome said) =>
        said is ScanOutcome.Expired or ScanOutcome.Early or ScanOutcome.Revoked or ScanOutcome.Foreign or ScanOutcome.Forged ? said : ScanOutcome.Unknown;
}
