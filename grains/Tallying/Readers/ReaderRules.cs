namespace Actors.Tallying.Readers;

/// <summary>When a reader may be used.</summary>
public static class ReaderRules
{
    /// <summary>Scans in one call at most.</summary>
    public const int MaxScans = 1_000;

    /// <summary>Whether the reader may be opened and verify certificates.</summary>
    public static ReaderStatus MayOpen(ReaderInfo? reader, DateTimeOffset now) => reader switch
    {
        null => ReaderStatus.Unknown,
        _ when now >= reader.ValidityEnd => ReaderStatus.Expired,
        _ when now < reader.ValidityStart => ReaderStatus.Early,
        _ => ReaderStatus.Usable,
    };

    /// <summary>Whether the reader may hand in scans.</summary>
    public static ReaderStatus MayTally(ReaderInfo? reader, DateTimeOffset now) => MayOpen(reader, now) switch
    {
        ReaderStatus.Usable when !reader!.Tally => ReaderStatus.NotTallying,
        var status => status,
    };
}
