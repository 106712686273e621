using System.Text.Json;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Actors.Tallying.Readers;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>Collects what a reader's page needs to work offline.</summary>
internal sealed class ReaderConfigurations(IGrainFactory grains, TimeProvider time)
{
    /// <summary>The configuration, or why the reader may not be opened. Readers that do not tally have one, too: they verify.</summary>
    public async Task<(ReaderConfiguration? Configuration, ReaderStatus Status)> LoadAsync(string? uuid) =>
        Uuids.TryParse(uuid, out var id) ? await LoadAsync(id) : (null, ReaderStatus.Unknown);

    public async Task<(ReaderConfiguration? Configuration, ReaderStatus Status)> LoadAsync(Guid id)
    {
        var reader = await grains.GetReaderGrain(new ReaderKey(id)).GetAsync();
        var now = time.GetUtcNow();
        var status = ReaderRules.MayOpen(reader, now);
        if (status != ReaderStatus.Usable)
        {
            return (null, status);
        }

        var campaign = await grains.GetCampaignGrain(new CampaignKey(reader!.Campaign)).GetAsync();
        return campaign is null ? (null, ReaderStatus.Unknown) : (new ReaderConfiguration(reader, campaign, now), status);
    }
}

/// <summary>What a reader's page needs to work offline.</summary>
internal sealed record ReaderConfiguration(ReaderInfo Reader, CampaignInfo Campaign, DateTimeOffset Now)
{
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartObject("reader");
        json.WriteString("uuid", Reader.Id);
        json.WriteString("name", Reader.Name);
        json.WriteBoolean("tally", Reader.Tally);
        json.WriteStartArray("readableMetadata");
        foreach (var key in Reader.ReadableMetadata)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteString("gate", Reader.Gate);
        json.WriteString("direction", Names.Of(Reader.Direction));
        json.WriteTime("validityStart", Reader.ValidityStart);
        json.WriteTime("validityEnd", Reader.ValidityEnd);
        json.WriteEndObject();
        json.WriteStartObject("campaign");
        json.WriteString("slug", Campaign.Slug);
        json.WriteString("name", Campaign.Name);
        json.WriteEndObject();
        JwkSet.Write(json, Campaign.Keys);
        json.WriteNumber("now", Times.ToSeconds(Now));
    }
}
