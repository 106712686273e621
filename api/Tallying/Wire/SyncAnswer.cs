using System.Collections.Immutable;
using System.Text.Json;
using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>What a page gets back.</summary>
/// <param name="Events">Events of the campaign after its cursor.</param>
/// <param name="Results">The answers to its scans.</param>
/// <param name="Counters">Who is inside, when that is known.</param>
internal sealed record SyncAnswer(EventPage Events, ImmutableArray<ScanResult> Results, CampaignCounters? Counters = null)
{
    /// <summary>Writes the members of the answer into an object.</summary>
    public void WriteMembers(Utf8JsonWriter json, string cursorName, bool numericCursor)
    {
        json.WritePropertyName(cursorName);
        if (numericCursor)
        {
            json.WriteRawValue(Cursors.FormatSeconds(Events.Cursor), skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(Cursors.Format(Events.Cursor));
        }

        json.WriteBoolean("more", Events.More);
        json.WriteStartArray("events");
        foreach (var tallied in Events.Events)
        {
            // an existing client takes every event for a scan that let somebody in
            if (!numericCursor || tallied.Type is TallyEventType.Seen or TallyEventType.Reorder)
            {
                Write(json, tallied);
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("outcomes");
        Span<byte> name = stackalloc byte[36];
        foreach (var result in Results.Length > 1 ? Results.DistinctBy(result => result.EventId) : Results)
        {
            result.EventId.TryFormat(name, out _);
            json.WriteStartObject(name);
            json.WriteString("outcome", Names.Of(result.Outcome));
            Write(json, result.First);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (Counters is { } counters)
        {
            json.WriteStartObject("counters");
            CounterBody.WriteMembers(json, counters);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, TallyEvent tallied)
    {
        json.WriteStartObject();
        json.WriteString("certificate", tallied.CertificateId);
        json.WriteString("event", tallied.EventId);
        json.WriteString("reader", tallied.ReaderId);
        json.WriteString("reader_name", tallied.ReaderName);
        json.WriteNumber("timestamp", Times.ToSeconds(tallied.Time));
        json.WriteNumber("received", Times.ToSeconds(tallied.ReceivedAt));
        json.WriteString("type", Names.Of(tallied.Type));
        json.WriteString("outcome", Names.Of(tallied.Outcome));
        if (tallied.Offline)
        {
            json.WriteBoolean("offline", true);
        }

        if (tallied.RelatedEventId is { } related)
        {
            json.WriteString("related", related);
        }

        if (tallied.WinnerEventId is { } winner)
        {
            json.WriteString("winner", winner);
        }

        if (tallied.Gate is { } gate)
        {
            json.WriteString("gate", gate);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FirstScan? first)
    {
        if (first is null)
        {
            return;
        }

        json.WriteStartObject("first");
        json.WriteString("event", first.EventId);
        json.WriteString("reader", first.ReaderId);
        json.WriteString("reader_name", first.ReaderName);
        json.WriteNumber("timestamp", Times.ToSeconds(first.Time));
        json.WriteEndObject();
    }
}
