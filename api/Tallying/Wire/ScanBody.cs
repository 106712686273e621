using System.Text.Json;
using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>Reads one event of a synchronisation: a scan, an exit, an undo, or a code that the page refused.</summary>
internal static class ScanBody
{
    /// <summary>Reads it, or says what is wrong.</summary>
    public static ScanReport? Parse(JsonElement item, out string? wrong)
    {
        wrong = null;
        if (item.ValueKind != JsonValueKind.Object)
        {
            wrong = "no object.";
        }
        else if (ParseType(item) is not { } type)
        {
            wrong = "'type' is none of seen, exit, undo and refused.";
        }
        else if (!TryReadUuid(item, "certificate", "certificate_uuid", out var certificate) && !(type == TallyEventType.Refused && IsMissing(item, "certificate")))
        {
            // a forged code names no certificate
            wrong = "'certificate' is no uuid.";
        }
        else if (!TryReadUuid(item, "event", "event_uuid", out var id))
        {
            wrong = "'event' is no uuid.";
        }
        else if (!TryReadNumber(item, "timestamp", out var timestamp) || timestamp is null)
        {
            wrong = "'timestamp' is no number of seconds.";
        }
        else if (!TryReadUuid(item, "related", "related", out var related) && type == TallyEventType.Undo)
        {
            wrong = "'related' is no uuid: an undo names the event that it takes back.";
        }
        else if (ParseRefusal(item, type) is not { } refusal)
        {
            wrong = "'reason' is none of forged, foreign, expired, early, revoked and unknown.";
        }
        else
        {
            return new ScanReport(
                id, certificate, Times.FromSeconds(timestamp.Value), IsTrue(item, "offline"),
                type, type == TallyEventType.Undo ? related : null, refusal);
        }

        return null;
    }

    /// <summary>Whether a flag is set.</summary>
    public static bool IsTrue(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A number that may be missing; false when it is something else.</summary>
    public static bool TryReadNumber(JsonElement item, string name, out double? number)
    {
        number = null;
        if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var read))
        {
            return false;
        }

        number = read;
        return true;
    }

    private static bool IsMissing(JsonElement item, string name) =>
        !item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;

    private static TallyEventType? ParseType(JsonElement item) => IsMissing(item, "type") ? TallyEventType.Seen : Text(item, "type") switch
    {
        "seen" => TallyEventType.Seen,
        "exit" => TallyEventType.Exit,
        "undo" => TallyEventType.Undo,
        "refused" => TallyEventType.Refused,
        _ => null,
    };

    private static ScanOutcome? ParseRefusal(JsonElement item, TallyEventType type) => type != TallyEventType.Refused ? ScanOutcome.Unconfirmed : Text(item, "reason") switch
    {
        "forged" => ScanOutcome.Forged,
        "foreign" => ScanOutcome.Foreign,
        "expired" => ScanOutcome.Expired,
        "early" => ScanOutcome.Early,
        "revoked" => ScanOutcome.Revoked,
        "unknown" => ScanOutcome.Unknown,
        _ => null,
    };

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryReadUuid(JsonElement item, string name, string seedName, out Guid uuid)
    {
        uuid = default;
        return (item.TryGetProperty(name, out var value) || item.TryGetProperty(seedName, out value))
            && value.ValueKind == JsonValueKind.String
            && ((value.TryGetGuid(out uuid) && uuid != Guid.Empty) || Uuids.TryParse(value.GetString(), out uuid));
    }
}
