using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>Reads the body of a synchronisation, with the names of the seed or with ours.</summary>
internal static class SyncBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads a body; false with the reason when it does not parse or has wrong values.</summary>
    public static bool TryParse(
        ReadOnlySequence<byte> body, [NotNullWhen(true)] out SyncRequest? request, [NotNullWhen(false)] out string? error)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return TryParse(document.RootElement, out request, out error);
        }
        catch (JsonException)
        {
            (request, error) = (null, "The body is no JSON, too deep, or names a member twice.");
            return false;
        }
    }

    /// <summary>Reads a parsed body.</summary>
    public static bool TryParse(
        JsonElement body, [NotNullWhen(true)] out SyncRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        try
        {
            error = Parse(body, ref request);
        }
        catch (InvalidOperationException)
        {
            // a text with half a surrogate pair
            error = "A text is no Unicode.";
        }

        return error is null && request is not null;
    }

    private static string? Parse(JsonElement body, ref SyncRequest? request)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return "The body is no object.";
        }

        if (ParseEvents(body, out var scans) is { } wrongEvents)
        {
            return wrongEvents;
        }

        if (!TryReadCursor(body, out var after, out var numeric))
        {
            return "'since' is no cursor: neither a text that was handed out nor a number of seconds.";
        }

        if (!ScanBody.TryReadNumber(body, "now", out var now))
        {
            return "'now' is no number of seconds.";
        }

        if (!ScanBody.TryReadNumber(body, "limit", out var limit) || limit is < 1 or > SyncRequest.MaxLimit)
        {
            return $"'limit' is not 1 to {SyncRequest.MaxLimit}.";
        }

        request = new SyncRequest(scans, after, numeric, ToTime(now), (int)(limit ?? SyncRequest.DefaultLimit), SaysMore(body));
        return null;
    }

    private static string? ParseEvents(JsonElement body, out ImmutableArray<ScanReport> scans)
    {
        scans = [];
        if (!body.TryGetProperty("events", out var events) || events.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (events.ValueKind != JsonValueKind.Array)
        {
            return "'events' is no array.";
        }

        if (events.GetArrayLength() > SyncRequest.MaxScans)
        {
            return $"'events' has more than {SyncRequest.MaxScans} events.";
        }

        var parsed = ImmutableArray.CreateBuilder<ScanReport>(events.GetArrayLength());
        foreach (var item in events.EnumerateArray())
        {
            if (ScanBody.Parse(item, out var wrong) is not { } scan)
            {
                return $"events[{parsed.Count}]: {wrong}";
            }

            parsed.Add(scan);
        }

        scans = parsed.MoveToImmutable();
        return null;
    }

    /// <summary>Reads a body that is one scan and asks for no events, or says what is wrong with it.</summary>
    public static SyncRequest? ParseScan(JsonElement body, out string? wrong)
    {
        try
        {
            if (ScanBody.Parse(body, out wrong) is not { } scan)
            {
                return null;
            }

            if (ScanBody.TryReadNumber(body, "now", out var now))
            {
                return new SyncRequest([scan], After: 0, NumericCursor: false, ToTime(now), Limit: 1, SaysMore(body));
            }

            wrong = "'now' is no number of seconds.";
        }
        catch (InvalidOperationException)
        {
            wrong = "A text is no Unicode.";
        }

        return null;
    }

    private static DateTimeOffset? ToTime(double? seconds) => seconds is { } known ? Times.FromSeconds(known) : null;

    private static bool SaysMore(JsonElement body) => ScanBody.IsTrue(body, "more");

    private static bool TryReadCursor(JsonElement body, out long after, out bool numeric)
    {
        (after, numeric) = (0, false);
        if (!body.TryGetProperty("since", out var since) && !body.TryGetProperty("cursor", out since) && !body.TryGetProperty("timestamp", out since))
        {
            return true;
        }

        numeric = since.ValueKind == JsonValueKind.Number;
        return since.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Number => Cursors.TryParseSeconds(since.GetRawText(), out after),
            JsonValueKind.String => Cursors.TryParse(since.GetString(), out after),
            _ => false,
        };
    }
}
