using System.Text.Json;
using Actors.Api.Hubs;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Actors.Tallying.Feed;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Tallying.Hub;

/// <summary>Shapes of what the readers hub answers and pushes; events are as on /pointage/.</summary>
internal static class HubAnswers
{
    /// <summary>What the page's cursor may be set to, when it equals <c>after</c>; else it asks by its own.</summary>
    public static SerializedHubMessage Events(EventPage page) => HubRecords.Invocation("Events", json =>
    {
        json.WriteString("after", page.After == PushOrder.Nowhere ? "" : Cursors.Format(page.After));
        new SyncAnswer(page, []).WriteMembers(json, "cursor", numericCursor: false);
    });

    /// <summary>What was pushed is lost: no cursor equals this one, so the page asks by its own.</summary>
    public static readonly SerializedHubMessage AskAgain = HubRecords.Invocation("Events", json =>
    {
        json.WriteString("after", "");
        json.WriteString("cursor", "");
        json.WriteBoolean("more", true);
        json.WriteStartArray("events");
        json.WriteEndArray();
    });

    public static JsonElement Sync(SyncAnswer answer) => Write(json => answer.WriteMembers(json, "cursor", numericCursor: false));

    public static JsonElement Scan(ScanResult result) => Write(json =>
    {
        json.WriteString("outcome", Names.Of(result.Outcome));
        WriteFirst(json, result.First);
    });

    public static SerializedHubMessage Conflict(ScanConflict conflict) => HubRecords.Invocation("Conflict", json =>
    {
        json.WriteString("event", conflict.EventId);
        json.WriteString("certificate", conflict.CertificateId);
        WriteFirst(json, conflict.First);
    });

    public static SerializedHubMessage Counters(CampaignCounters counters) =>
        HubRecords.Invocation("Counters", json => CounterBody.WriteMembers(json, counters));

    public static SerializedHubMessage Configuration(ReaderConfiguration configuration) =>
        HubRecords.Invocation("Configuration", configuration.WriteMembers);

    private static void WriteFirst(Utf8JsonWriter json, FirstScan? first)
    {
        if (first is null)
        {
            return;
        }

        json.WriteStartObject("first");
        json.WriteString("event", first.EventId);
        json.WriteString("reader", first.ReaderId);
        json.WriteString("readerName", first.ReaderName);
        json.WriteNumber("time", Times.ToSeconds(first.Time));
        json.WriteEndObject();
    }

    private static JsonElement Write(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return JsonElement.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
