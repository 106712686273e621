using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>Names of outcomes and types on the wire; they never change.</summary>
internal static class Names
{
    public static string Of(ScanOutcome outcome) => outcome switch
    {
        ScanOutcome.First => "first",
        ScanOutcome.Duplicate => "duplicate",
        ScanOutcome.Unknown => "unknown",
        ScanOutcome.Foreign => "foreign",
        ScanOutcome.Expired => "expired",
        ScanOutcome.Early => "early",
        ScanOutcome.Revoked => "revoked",
        ScanOutcome.Left => "left",
        ScanOutcome.Absent => "absent",
        ScanOutcome.Undone => "undone",
        ScanOutcome.Reinstated => "reinstated",
        ScanOutcome.Unchanged => "unchanged",
        ScanOutcome.Forged => "forged",
        _ => "unconfirmed",
    };

    public static string Of(ReaderDirection direction) => direction switch
    {
        ReaderDirection.Exit => "exit",
        ReaderDirection.Both => "both",
        _ => "entry",
    };

    /// <summary>The direction of a name, entry when there is none; null for anything else.</summary>
    public static ReaderDirection? DirectionOf(string? name) => name switch
    {
        null or "" or "entry" => ReaderDirection.Entry,
        "exit" => ReaderDirection.Exit,
        "both" => ReaderDirection.Both,
        _ => null,
    };

    public static string Of(TallyEventType type) => type switch
    {
        TallyEventType.Reorder => "reorder",
        TallyEventType.Exit => "exit",
        TallyEventType.Undo => "undo",
        TallyEventType.Refused => "refused",
        _ => "seen",
    };
}
