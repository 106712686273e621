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
        _ => "unconfirmed",
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
