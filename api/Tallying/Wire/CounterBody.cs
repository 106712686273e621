using System.Text.Json;
using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>Writes who is inside, for pages.</summary>
internal static class CounterBody
{
    public static void WriteMembers(Utf8JsonWriter json, CampaignCounters counters)
    {
        json.WriteNumber("inside", counters.Inside);
        json.WriteNumber("entries", counters.Entries);
        json.WriteNumber("exits", counters.Exits);
        if (counters.Capacity is { } capacity)
        {
            json.WriteNumber("limit", capacity);
        }
        else
        {
            json.WriteNull("limit");
        }

        json.WriteNumber("countedAt", Times.ToSeconds(counters.CountedAt));
        json.WriteStartArray("gates");
        foreach (var gate in counters.Gates)
        {
            json.WriteStartObject();
            json.WriteString("gate", gate.Gate);
            json.WriteNumber("entries", gate.Entries);
            json.WriteNumber("exits", gate.Exits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
