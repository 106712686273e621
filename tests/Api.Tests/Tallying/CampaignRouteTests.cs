using System.Net;
using System.Net.Http.Json;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>Campaigns, their logs, and who may ask.</summary>
public sealed class CampaignRouteTests(TallyApi api) : IClassFixture<TallyApi>
{
    [Fact]
    public async Task Put_NewAndAgain_MakesAndRenames()
    {
        using var campaign = await api.NewCampaignAsync();

        using var renamed = await campaign.Staff.PutAsJsonAsync($"/api/campaigns/{campaign.Slug}".ToUri(), new { name = "The market" }, TestContext.Current.CancellationToken);
        using var read = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}".ToUri(), TestContext.Current.CancellationToken);

        var answer = await read.ReadJsonAsync();
        Assert.Equal((campaign.Slug, "The market"), ((string)answer["slug"]!, (string)answer["name"]!));
        Assert.Single(answer["keys"]!.AsArray());
    }

    [Theory]
    [InlineData("Fair", """{"name":"x"}""", "invalid")]
    [InlineData("a.b", """{"name":"x"}""", "invalid")]
    [InlineData("fair", """{"name":""}""", "invalid")]
    [InlineData("fair", """{"name":"a\u0001"}""", "invalid")]
    [InlineData("fair", """{"title":"x"}""", "malformed")]
    [InlineData("fair", "{", "malformed")]
    public async Task Put_WrongValues_IsAProblem(string slug, string body, string code)
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PutAsync($"/api/campaigns/{slug}".ToUri(), TallyCampaign.Json(body), TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Events_OfACampaign_ComeInOrderOfReception()
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, reader) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync());
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(Guid.NewGuid().ToString());
            await campaign.SyncAsync(reader, new { events = new[] { TallyCampaign.Scan(certificate, ids[i]) }, now = TallyCampaign.Now - 100 });
        }

        using var first = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/events?limit=2".ToUri(), TestContext.Current.CancellationToken);
        var page = await first.ReadJsonAsync();
        Assert.Equal(ids.Take(2), page["events"]!.AsArray().Select(e => (string)e!["eventId"]!));
        var logged = page["events"]![0]!;
        Assert.Equal((certificate, reader, "seen", "first"), ((string)logged["certificateId"]!, (string)logged["readerId"]!, (string)logged["type"]!, (string)logged["outcome"]!));
        Assert.Equal(100, (double)logged["offset"]!, tolerance: 30);
        Assert.NotNull((DateTimeOffset?)logged["readerTime"]);
        Assert.NotNull((DateTimeOffset?)logged["receivedTime"]);
        Assert.True((bool)page["more"]!);

        using var second = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/events?cursor={(string)page["cursor"]!}".ToUri(), TestContext.Current.CancellationToken);
        Assert.Equal(ids.Skip(2), (await second.ReadJsonAsync())["events"]!.AsArray().Select(e => (string)e!["eventId"]!));

        using var statistics = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/statistics".ToUri(), TestContext.Current.CancellationToken);
        var counts = await statistics.ReadJsonAsync();
        Assert.Equal((3, 1, 2), ((int)counts["seen"]!, (int)counts["certificates"]!, (int)counts["outcomes"]!["duplicate"]!));
        Assert.Equal("Gate", (string?)counts["readers"]![0]!["readerName"]);
    }

    [Theory]
    [InlineData("events?cursor=x")]
    [InlineData("events?limit=0")]
    [InlineData("events?limit=1001")]
    [InlineData("events?limit=many")]
    public async Task Events_WrongQuery_IsAProblem(string query)
    {
        using var campaign = await api.NewCampaignAsync();
        using var answer = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/{query}".ToUri(), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Events_LimitThatIsNoNumber_IsNamed()
    {
        using var campaign = await api.NewCampaignAsync();
        using var answer = await campaign.Staff.GetAsync($"/api/campaigns/{campaign.Slug}/events?limit=many".ToUri(), TestContext.Current.CancellationToken);
        Assert.Contains("limit must be a whole number", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "none")]
    [InlineData("GET", "none/keys")]
    [InlineData("POST", "none/keys")]
    [InlineData("GET", "none/events")]
    [InlineData("GET", "none/statistics")]
    [InlineData("GET", "NONE/events")]
    public async Task AnyRoute_UnknownCampaign_IsAProblem(string method, string route)
    {
        using var client = api.CreateClientWith();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/campaigns/{route}");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "campaign_unknown");
    }

    [Fact]
    public async Task Revoke_UnknownOrForeign_IsAProblem()
    {
        using var campaign = await api.NewCampaignAsync();
        using var other = await api.NewCampaignAsync();
        foreach (var uuid in new[] { Guid.NewGuid().ToString(), "x", await other.NewCertificateAsync() })
        {
            using var answer = await campaign.Staff.PostAsync($"/api/campaigns/{campaign.Slug}/certificates/{uuid}/revoke".ToUri(), content: null, TestContext.Current.CancellationToken);
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "certificate_unknown");
        }
    }

    [Theory]
    [InlineData("PUT", "/api/campaigns/x", "tally.admin", false)]
    [InlineData("GET", "/api/campaigns/x", "tally.read", false)]
    [InlineData("POST", "/api/campaigns/x/keys", "tally.admin", false)]
    [InlineData("GET", "/api/campaigns/x/events", "tally.read", false)]
    [InlineData("GET", "/api/campaigns/x/statistics", "tally.read", false)]
    [InlineData("GET", "/api/campaigns/x/certificates/00112233-4455-6677-8899-aabbccddeeff", "tally.read", false)]
    [InlineData("POST", "/api/campaigns/x/certificates", "tally.write", false)]
    [InlineData("POST", "/api/campaigns/x/certificates/00112233-4455-6677-8899-aabbccddeeff/revoke", "tally.write", false)]
    [InlineData("POST", "/qrcode/x/save-certificate", "tally.write", true)]
    [InlineData("POST", "/qrcode/x/save-certificate/00112233-4455-6677-8899-aabbccddeeff", "tally.write", true)]
    [InlineData("GET", "/qrcode/x/get-certificate/00112233-4455-6677-8899-aabbccddeeff", "tally.write", true)]
    [InlineData("POST", "/qrcode/x/save-reader", "tally.write", true)]
    [InlineData("POST", "/qrcode/x/save-reader/00112233-4455-6677-8899-aabbccddeeff", "tally.write", true)]
    [InlineData("GET", "/qrcode/x/get-reader/00112233-4455-6677-8899-aabbccddeeff", "tally.write", true)]
    public async Task StaffRoute_WithoutItsScope_IsRefused(string method, string route, string scope, bool envelope)
    {
        string[] all = ["tally.admin", "tally.read", "tally.write"];
        using var stranger = api.CreateClient();
        using var wrong = await api.CreateClientWithScopesAsync([.. all.Where(other => other != scope)]);
        using var right = await api.CreateClientWithScopesAsync(scope);

        await ShouldBeAsync(stranger, HttpStatusCode.Unauthorized, "unauthenticated");
        await ShouldBeAsync(wrong, HttpStatusCode.Forbidden, "missing_scope");
        using var allowed = await SendAsync(right);
        Assert.False(allowed.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, allowed.StatusCode.ToString());

        async Task ShouldBeAsync(HttpClient client, HttpStatusCode status, string code)
        {
            if (envelope)
            {
                await TallyCampaign.ShouldRefuseAsync(await SendAsync(client), status, code);
                return;
            }

            using var answer = await SendAsync(client);
            await answer.ShouldBeProblemAsync(status, code);
        }

        async Task<HttpResponseMessage> SendAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), route);
            if (method != "GET")
            {
                request.Content = TallyCampaign.Json("{}");
            }

            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }
}
