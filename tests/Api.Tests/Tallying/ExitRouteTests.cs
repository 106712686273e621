using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>Exits, undos, refused codes, gates and directions on the wire.</summary>
public sealed class ExitRouteTests(TallyApi api) : IClassFixture<TallyApi>
{
    [Fact]
    public async Task Sync_AVisitWithAMistake_IsInTheLogAsItHappened()
    {
        using var campaign = await api.NewCampaignAsync();
        var certificate = await campaign.NewCertificateAsync();
        var door = await campaign.NewReaderAsync(new { enable_tallying = true, gate = "Nord", direction = "both" });
        var (wrong, entry) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        Assert.Equal("first", await SendAsync(campaign, door, new { certificate, @event = wrong, timestamp = TallyCampaign.Now }));
        Assert.Equal("undone", await SendAsync(campaign, door, new { certificate, @event = Guid.NewGuid(), timestamp = TallyCampaign.Now, type = "undo", related = wrong }));
        Assert.Equal("first", await SendAsync(campaign, door, new { certificate, @event = entry, timestamp = TallyCampaign.Now }));
        Assert.Equal("left", await SendAsync(campaign, door, new { certificate, @event = Guid.NewGuid(), timestamp = TallyCampaign.Now, type = "exit" }));
        Assert.Equal("absent", await SendAsync(campaign, door, new { certificate, @event = Guid.NewGuid(), timestamp = TallyCampaign.Now, type = "exit" }));
        Assert.Equal("forged", await SendAsync(campaign, door, new { @event = Guid.NewGuid(), timestamp = TallyCampaign.Now, type = "refused", reason = "forged" }));

        var log = (await campaign.SyncAsync(door, new { since = "" }))["events"]!.AsArray();
        Assert.Equal(["seen", "undo", "seen", "exit", "exit", "refused"], log.Select(row => (string)row!["type"]!));
        Assert.Equal(wrong, (string)log[1]!["related"]!);
        Assert.All(log, row => Assert.Equal("Nord", (string)row!["gate"]!));

        // a client that knows scans only, and cursors that are numbers
        Assert.Equal(["seen", "seen"], (await campaign.SyncAsync(door, new { since = 1 }))["events"]!.AsArray().Select(row => (string)row!["type"]!));
    }

    [Fact]
    public async Task Counters_OfACampaignWithALimit_ReachPagesAndStatistics()
    {
        using var campaign = await api.NewCampaignAsync();
        using var limited = await campaign.Staff.PutAsJsonAsync($"/api/campaigns/{campaign.Slug}".ToUri(), new { name = "Expo", capacity = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(1, (int)(await limited.ReadJsonAsync())["capacity"]!);
        var door = await campaign.NewReaderAsync(new { enable_tallying = true, gate = "Nord" });
        await using var page = await HubClient.ConnectAsync(api, door);

        Assert.Equal("first", await SendAsync(campaign, door, new { certificate = await campaign.NewCertificateAsync(), @event = Guid.NewGuid(), timestamp = TallyCampaign.Now }));

        JsonNode counters;
        do
        {
            counters = await page.NextAsync("Counters");
        }
        while ((int)counters["inside"]! == 0);
        Assert.Equal((1, 1), ((int)counters["inside"]!, (int)counters["limit"]!));
        Assert.Equal(("Nord", 1), ((string)counters["gates"]![0]!["gate"]!, (int)counters["gates"]![0]!["entries"]!));
        Assert.Equal(1, (int)(await campaign.SyncAsync(door, new { since = 0 }))["counters"]!["inside"]!);

        using var csv = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/statistics.csv".ToUri(), TestContext.Current.CancellationToken);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^start,seen,entries,exits,refused,inside\r\n[0-9T:Z-]+,1,1,0,0,1\r\n$", await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        // renaming leaves the limit; 0 takes it away
        using var renamed = await campaign.Staff.PutAsJsonAsync($"/api/campaigns/{campaign.Slug}".ToUri(), new { name = "Expo 2" }, TestContext.Current.CancellationToken);
        Assert.Equal(1, (int)(await renamed.ReadJsonAsync())["capacity"]!);
        using var unlimited = await campaign.Staff.PutAsJsonAsync($"/api/campaigns/{campaign.Slug}".ToUri(), new { name = "Expo 2", capacity = 0 }, TestContext.Current.CancellationToken);
        Assert.Null((await unlimited.ReadJsonAsync())["capacity"]);
        using var wrong = await campaign.Staff.PutAsJsonAsync($"/api/campaigns/{campaign.Slug}".ToUri(), new { name = "Expo", capacity = -1 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Theory]
    [InlineData("""{"event":"11111111-1111-4111-8111-111111111111","timestamp":1,"certificate":"11111111-1111-4111-8111-111111111111","type":"enter"}""", "type")]
    [InlineData("""{"event":"11111111-1111-4111-8111-111111111111","timestamp":1,"certificate":"11111111-1111-4111-8111-111111111111","type":7}""", "type")]
    [InlineData("""{"event":"11111111-1111-4111-8111-111111111111","timestamp":1,"certificate":"11111111-1111-4111-8111-111111111111","type":"undo"}""", "related")]
    [InlineData("""{"event":"11111111-1111-4111-8111-111111111111","timestamp":1,"type":"exit"}""", "certificate")]
    [InlineData("""{"event":"11111111-1111-4111-8111-111111111111","timestamp":1,"type":"refused","certificate":"x","reason":"forged"}""", "certificate")]
    [InlineData("""{"event":"11111111-1111-4111-8111-111111111111","timestamp":1,"type":"refused","reason":"ugly"}""", "reason")]
    public async Task Sync_WithAWrongEvent_SaysWhichMember(string item, string member)
    {
        using var campaign = await api.NewCampaignAsync();
        var answer = await campaign.PostSyncAsync(await campaign.NewReaderAsync(), $$"""{"events":[{{item}}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"'{member}'", (string)(await answer.ReadJsonAsync())["err_desc"]!, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(TallyCampaign campaign, string reader, object scan)
    {
        var outcomes = (await campaign.SyncAsync(reader, new { events = new[] { scan } }))["outcomes"]!.AsObject();
        return (string)Assert.Single(outcomes).Value!["outcome"]!;
    }
}
