using System.Net;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>Many certificates at once.</summary>
public sealed class BatchTests(TallyApi api) : IClassFixture<TallyApi>
{
    private const string Uuid = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

    [Fact]
    public async Task JsonArray_GoodAndBadRows_AreSavedAndReported()
    {
        using var campaign = await api.NewCampaignAsync();
        var own = Guid.NewGuid().ToString();

        var report = await PostAsync(campaign, "application/json; charset=utf-8", $$$"""
            [{"uuid":"{{{own}}}","data":{"name":"Ada"},"validity_end":"2200-01-01"},
             {"data":{"name":7}}, {"uuid":"x"}, 5, {"data":[]}, {"validity_start":"soon"}]
            """);

        Assert.Equal((2, 4, true), ((int)report["saved"]!, (int)report["refusedCount"]!, (bool)report["complete"]!));
        Assert.Equal([1, 2], report["certificates"]!.AsArray().Select(line => (int)line!["line"]!));
        Assert.Equal(own, (string?)report["certificates"]![0]!["uuid"]);
        Assert.Equal([3, 4, 5, 6], report["refused"]!.AsArray().Select(line => (int)line!["line"]!));
        Assert.All(report["refused"]!.AsArray(), line => Assert.False(string.IsNullOrEmpty((string?)line!["reason"])));
        using var saved = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/certificates/{own}".ToUri(), TestContext.Current.CancellationToken);
        Assert.Equal("Ada", (string?)(await saved.ReadJsonAsync())["data"]!["name"]);
    }

    [Fact]
    public async Task JsonLines_OneBroken_KeepTheOthers()
    {
        using var campaign = await api.NewCampaignAsync();

        var report = await PostAsync(campaign, "application/x-ndjson", "{\"data\":{\"a\":\"1\"}}\n{\"data\":{\"a\":\"2\"}}\n{oops\n{\"data\":{}}\n \r\n" + new string('x', 200_000));

        Assert.Equal([1, 2, 4], report["certificates"]!.AsArray().Select(line => (int)line!["line"]!));
        Assert.Equal([3, 6], report["refused"]!.AsArray().Select(line => (int)line!["line"]!));
    }

    [Fact]
    public async Task Csv_WithQuotesAndEmptyFields_IsRead()
    {
        using var campaign = await api.NewCampaignAsync();
        var csv = "\uFEFFuuid,data.name,data.note,metadata.seat,validity_end\r\n"
            + $"{Uuid},\"Lovelace, Ada\",\"two\r\nlines \"\"quoted\"\"\",12,2200-01-01\r\n"
            + ",Grace,,,\r\n"
            + "\r\n"
            + "x,Bad,,,\r\n"
            + "too,few\r\n";

        var report = await PostAsync(campaign, "text/csv", csv);

        Assert.Equal([2, 4], report["certificates"]!.AsArray().Select(line => (int)line!["line"]!));
        Assert.Equal([6, 7], report["refused"]!.AsArray().Select(line => (int)line!["line"]!));
        using var saved = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/certificates/{Uuid}".ToUri(), TestContext.Current.CancellationToken);
        var certificate = await saved.ReadJsonAsync();
        Assert.Equal(("Lovelace, Ada", "two\r\nlines \"quoted\"", "12"), ((string)certificate["data"]!["name"]!, (string)certificate["data"]!["note"]!, (string)certificate["metadata"]!["seat"]!));
    }

    [Fact]
    public async Task Csv_WithUuids_CanBeRepeated()
    {
        using var campaign = await api.NewCampaignAsync();
        var csv = "uuid;data.name\n" + string.Join('\n', Enumerable.Range(0, 500).Select(i => $"{Guid.NewGuid()};Guest {i}"));

        var first = await PostAsync(campaign, "text/csv", csv);
        var again = await PostAsync(campaign, "text/csv", csv);

        Assert.Equal(500, (int)first["saved"]!);
        Assert.Equal(first["certificates"]!.ToJsonString(), again["certificates"]!.ToJsonString());
    }

    [Theory]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("application/json", "", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("text/csv", "", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("text/csv", "name,uuid\n", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("text/csv", "uuid,uuid\n", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("text/csv", "uuid\n\"open", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("text/plain", "uuid\n", HttpStatusCode.UnsupportedMediaType, "unsupported_type")]
    public async Task Body_ThatIsNone_IsAProblem(string type, string body, HttpStatusCode status, string code)
    {
        using var campaign = await api.NewCampaignAsync();
        using var answer = await SendAsync(campaign, type, body);
        await answer.ShouldBeProblemAsync(status, code);
    }

    [Fact]
    public async Task UnknownCampaign_IsAProblem()
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsync("/api/campaigns/none/certificates".ToUri(), TallyCampaign.Json("[]"), TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "campaign_unknown");
    }

    private static async Task<JsonNode> PostAsync(TallyCampaign campaign, string type, string body)
    {
        using var answer = await SendAsync(campaign, type, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadJsonAsync();
    }

    private static Task<HttpResponseMessage> SendAsync(TallyCampaign campaign, string type, string body) =>
        campaign.Staff.PostAsync($"/api/campaigns/{campaign.Slug}/certificates".ToUri(), TallyCampaign.Json(body, type), TestContext.Current.CancellationToken);
}
