using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>What readers' pages ask over HTTP.</summary>
public sealed class PointageTests(TallyApi api) : IClassFixture<TallyApi>
{
    [Fact]
    public async Task Sync_TwoReaders_LearnWhatTheOtherSaw()
    {
        using var campaign = await api.NewCampaignAsync();
        var certificate = await campaign.NewCertificateAsync();
        var (north, south) = (await campaign.NewReaderAsync(new { name = "North", enable_tallying = true }), await campaign.NewReaderAsync(new { name = "South", enable_tallying = true }));
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var at = TallyCampaign.Now;

        var seen = await campaign.SyncAsync(north, new { events = new[] { TallyCampaign.Scan(certificate, first, at) } });
        var again = await campaign.SyncAsync(south, new { events = new[] { TallyCampaign.Scan(certificate, second) } });

        Assert.Equal("first", (string?)seen["outcomes"]![first]!["outcome"]);
        var outcome = again["outcomes"]![second]!;
        Assert.Equal("duplicate", (string?)outcome["outcome"]);
        Assert.Equal((first, north, "North"), ((string)outcome["first"]!["event"]!, (string)outcome["first"]!["reader"]!, (string)outcome["first"]!["reader_name"]!));
        Assert.Equal(at, (double)outcome["first"]!["timestamp"]!, tolerance: 1);

        var events = again["events"]!.AsArray();
        Assert.Equal([first, second], events.Select(e => (string)e!["event"]!));
        Assert.Equal(["first", "duplicate"], events.Select(e => (string)e!["outcome"]!));
        Assert.All(events, e => Assert.Equal((certificate, "seen"), ((string)e!["certificate"]!, (string)e["type"]!)));
        Assert.False((bool)again["more"]!);

        // from the cursor on only what is new, and the first reader learns it, too
        var news = await campaign.SyncAsync(north, new { since = (string)seen["timestamp"]! });
        Assert.Equal([second], news["events"]!.AsArray().Select(e => (string)e!["event"]!));
        Assert.Empty((await campaign.SyncAsync(north, new { since = (string)news["timestamp"]! }))["events"]!.AsArray());
    }

    [Fact]
    public async Task Sync_OldClient_IsUnderstoodByItsNamesAndNumbers()
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, reader) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync());
        var id = Guid.NewGuid().ToString();
        var scan = new { certificate_uuid = certificate.Replace("-", "", StringComparison.Ordinal), event_uuid = id, sent = 0, timestamp = (long)TallyCampaign.Now };

        var answer = await campaign.SyncAsync(reader, new { events = new[] { scan }, since = 0 });

        Assert.Equal(System.Text.Json.JsonValueKind.Number, answer["timestamp"]!.GetValueKind());
        var cursor = answer["timestamp"]!.ToJsonString();
        Assert.Equal(TallyCampaign.Now, double.Parse(cursor, CultureInfo.InvariantCulture), tolerance: 60);
        Assert.Equal(id, (string?)Assert.Single(answer["events"]!.AsArray())!["event"]);
        using var later = await campaign.PostSyncAsync(reader, $$"""{"events":[],"since":{{cursor}}}""");
        Assert.Empty((await TallyCampaign.DataAsync(later))["events"]!.AsArray());
        using var earlier = await campaign.PostSyncAsync(reader, $$"""{"events":[],"since":{{(long)TallyCampaign.Now - 100}}}""");
        Assert.Single((await TallyCampaign.DataAsync(earlier))["events"]!.AsArray());
    }

    [Fact]
    public async Task Sync_OnTheOtherRoute_IsTheSame()
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, reader) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync());
        var id = Guid.NewGuid();
        var body = $$"""{"events":[{"certificate":"{{certificate}}","event":"{{id}}","timestamp":1.5}]}""";

        var answer = await TallyCampaign.DataAsync(await campaign.Page.PostAsync($"/qrcode/{campaign.Slug}/tally/{reader}".ToUri(), TallyCampaign.Json(body), TestContext.Current.CancellationToken));
        var repeated = await TallyCampaign.DataAsync(await campaign.PostSyncAsync(reader, body));

        Assert.Equal("first", (string?)answer["outcomes"]![id.ToString()]!["outcome"]);
        Assert.Equal("first", (string?)repeated["outcomes"]![id.ToString()]!["outcome"]);
    }

    [Fact]
    public async Task Sync_EventsOfEveryKind_AreKeptAndReported()
    {
        using var campaign = await api.NewCampaignAsync();
        using var other = await api.NewCampaignAsync();
        var reader = await campaign.NewReaderAsync();
        var revoked = await campaign.NewCertificateAsync();
        await campaign.RevokeAsync(revoked);
        var cases = new (string Certificate, double? At, string Outcome)[]
        {
            (Guid.NewGuid().ToString(), null, "unknown"),
            (await other.NewCertificateAsync(), null, "foreign"),
            (await campaign.NewCertificateAsync(new { validity_end = "2020-01-01" }), null, "expired"),
            (await campaign.NewCertificateAsync(new { validity_start = "2200-01-01T00:00:00Z" }), null, "early"),
            (revoked, null, "revoked"),
            (await campaign.NewCertificateAsync(), 4e9, "first"),
            (await campaign.NewCertificateAsync(), -1e300, "first"),
            (await campaign.NewCertificateAsync(), 1e300, "first"),
        };
        var scans = cases.Select(c => (Id: Guid.NewGuid().ToString(), c.Certificate, c.At, c.Outcome)).ToList();

        var answer = await campaign.SyncAsync(reader, new { events = scans.Select(s => TallyCampaign.Scan(s.Certificate, s.Id, s.At)).ToArray() });

        Assert.All(scans, scan => Assert.Equal(scan.Outcome, (string?)answer["outcomes"]![scan.Id]!["outcome"]));
        Assert.Equal(scans.Select(s => s.Id).Order(StringComparer.Ordinal), answer["events"]!.AsArray().Select(e => (string)e!["event"]!).Order(StringComparer.Ordinal));
        Assert.All(answer["events"]!.AsArray(), e => Assert.True((double)e!["timestamp"]! <= TallyCampaign.Now + 1));
    }

    [Fact]
    public async Task Sync_TenThousandEvents_ComeBackInPages()
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, reader, other) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync(), await campaign.NewReaderAsync());
        var ids = Enumerable.Range(0, 10_000).Select(_ => Guid.NewGuid().ToString()).ToList();

        var answer = await campaign.SyncAsync(reader, new { events = ids.Select(id => TallyCampaign.Scan(certificate, id, at: 1_000)).ToArray(), limit = 1 });
        Assert.Equal(10_000, answer["outcomes"]!.AsObject().Count);
        Assert.True((bool)answer["more"]!);
        Assert.Single(answer["events"]!.AsArray());

        var seen = new HashSet<string>(StringComparer.Ordinal);
        JsonNode? cursor = null;
        bool more;
        do
        {
            var page = await campaign.SyncAsync(other, cursor is null ? new { limit = 1_000 } : new { limit = 1_000, since = (string)cursor! });
            seen.UnionWith(page["events"]!.AsArray().Where(e => (string?)e!["type"] == "seen").Select(e => (string)e!["event"]!));
            (cursor, more) = (page["timestamp"], (bool)page["more"]!);
        }
        while (more);
        Assert.True(seen.SetEquals(ids));
    }

    [Theory]
    [InlineData("", "invalid")]
    [InlineData("{", "invalid")]
    [InlineData("[]", "invalid")]
    [InlineData("null", "invalid")]
    [InlineData("{\"events\":{}}", "invalid")]
    [InlineData("{\"events\":[1]}", "invalid")]
    [InlineData("{\"events\":[{}]}", "invalid")]
    [InlineData("{\"events\":[],\"events\":[]}", "invalid")]
    [InlineData("{\"events\":[{\"certificate\":\"x\",\"event\":\"00112233-4455-6677-8899-aabbccddeeff\",\"timestamp\":1}]}", "invalid")]
    [InlineData("{\"events\":[{\"certificate\":\"00112233-4455-6677-8899-aabbccddeeff\",\"event\":\"x\",\"timestamp\":1}]}", "invalid")]
    [InlineData("{\"events\":[{\"certificate\":\"00112233-4455-6677-8899-aabbccddeeff\",\"event\":\"00112233-4455-6677-8899-aabbccddeeff\"}]}", "invalid")]
    [InlineData("{\"events\":[{\"certificate\":\"00112233-4455-6677-8899-aabbccddeeff\",\"event\":\"00112233-4455-6677-8899-aabbccddeeff\",\"timestamp\":\"now\"}]}", "invalid")]
    [InlineData("{\"events\":[{\"certificate\":\"\\ud800\",\"event\":\"00112233-4455-6677-8899-aabbccddeeff\",\"timestamp\":1}]}", "invalid")]
    [InlineData("{\"since\":\"yesterday\"}", "invalid")]
    [InlineData("{\"since\":[]}", "invalid")]
    [InlineData("{\"now\":\"x\"}", "invalid")]
    [InlineData("{\"limit\":0}", "invalid")]
    [InlineData("{\"limit\":1001}", "invalid")]
    [InlineData("{\"a\":[[[[[[[[[[]]]]]]]]]]}", "invalid")]
    public async Task Sync_BodyThatIsNone_IsRefusedInTheEnvelope(string body, string code)
    {
        using var campaign = await api.NewCampaignAsync();
        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync(await campaign.NewReaderAsync(), body), HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Sync_TooLarge_IsRefusedInTheEnvelope()
    {
        using var campaign = await api.NewCampaignAsync();
        var reader = await campaign.NewReaderAsync();
        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync(reader, new string(' ', 9 << 20)), HttpStatusCode.RequestEntityTooLarge, "too_large");
        var events = string.Join(',', Enumerable.Repeat("""{"certificate":"00112233-4455-6677-8899-aabbccddeeff","event":"00112233-4455-6677-8899-aabbccddeeff","timestamp":1}""", 10_001));
        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync(reader, $$"""{"events":[{{events}}]}"""), HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Sync_ReaderThatMayNot_IsRefusedInTheEnvelope()
    {
        using var campaign = await api.NewCampaignAsync();
        var silent = await campaign.NewReaderAsync(new { name = "Silent" });
        var expired = await campaign.NewReaderAsync(new { enable_tallying = true, validity_end = "2020-01-01T00:00:00+02:00" });
        var early = await campaign.NewReaderAsync(new { enable_tallying = true, validity_start = "2200-01-01" });

        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync(Guid.NewGuid().ToString(), "{}"), HttpStatusCode.NotFound, "reader_unknown");
        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync("x", "{}"), HttpStatusCode.NotFound, "reader_unknown");
        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync(silent, "{}"), HttpStatusCode.Forbidden, "reader_not_tallying");
        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync(expired, "{}"), HttpStatusCode.Forbidden, "reader_expired");
        await TallyCampaign.ShouldRefuseAsync(await campaign.PostSyncAsync(early, "{}"), HttpStatusCode.Forbidden, "reader_early");
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync($"/pointage/configuration?uuid={expired}".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.Forbidden, "reader_expired");
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync($"/pointage/certificates?uuid={early}".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.Forbidden, "reader_early");
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync("/pointage/configuration".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "reader_unknown");
    }

    [Fact]
    public async Task Configuration_OfAReader_HasItsCampaignAndKeys()
    {
        using var campaign = await api.NewCampaignAsync();
        var reader = await campaign.NewReaderAsync(new { name = "Gate", readable_metadatas = new[] { "seat" }, enable_tallying = true, validity_end = "2200-01-01" });

        using var answer = await campaign.Page.GetAsync($"/pointage/configuration?uuid={reader}".ToUri(), TestContext.Current.CancellationToken);
        var configuration = await answer.ReadJsonAsync();

        Assert.Equal(
            $$"""{"uuid":"{{reader}}","name":"Gate","tally":true,"readableMetadata":["seat"],"gate":null,"direction":"entry","validityStart":null,"validityEnd":"2200-01-01T00:00:00Z"}""",
            configuration["reader"]!.ToJsonString());
        Assert.Equal($$"""{"slug":"{{campaign.Slug}}","name":"The fair"}""", configuration["campaign"]!.ToJsonString());
        Assert.Equal(("EC", "P-256", 11), ((string)configuration["keys"]![0]!["kty"]!, (string)configuration["keys"]![0]!["crv"]!, ((string)configuration["keys"]![0]!["kid"]!).Length));
        Assert.Equal(TallyCampaign.Now, (double)configuration["now"]!, tolerance: 60);
    }

    [Fact]
    public async Task Certificates_OfAReader_AreListedByTheirChanges()
    {
        using var campaign = await api.NewCampaignAsync();
        var (one, two) = (await campaign.NewCertificateAsync(), await campaign.NewCertificateAsync(new { data = new { name = "Grace" }, validity_end = "2200-01-01" }));
        var (plain, roster) = (await campaign.NewReaderAsync(), await campaign.NewReaderAsync(new { offline_roster = true }));

        var page = await GetAsync(plain, "&limit=1");
        Assert.Equal((one, true, false), ((string)page["certificates"]![0]!["certificate"]!, (bool)page["more"]!, (bool)page["certificates"]![0]!["revoked"]!));
        Assert.Null(page["certificates"]![0]!["data"]);
        page = await GetAsync(plain, $"&cursor={(string)page["cursor"]!}");
        Assert.Equal((two, "2200-01-01T00:00:00Z"), ((string)Assert.Single(page["certificates"]!.AsArray())!["certificate"]!, (string)page["certificates"]![0]!["validityEnd"]!));
        await campaign.RevokeAsync(one);
        page = await GetAsync(plain, $"&cursor={(string)page["cursor"]!}");
        Assert.Equal((one, true), ((string)Assert.Single(page["certificates"]!.AsArray())!["certificate"]!, (bool)page["certificates"]![0]!["revoked"]!));
        Assert.Equal("Grace", (string?)(await GetAsync(roster, ""))["certificates"]![0]!["data"]!["name"]);
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync($"/pointage/certificates?uuid={plain}&cursor=x".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.BadRequest, "invalid");

        async Task<JsonNode> GetAsync(string reader, string query) =>
            await TallyCampaign.DataAsync(await campaign.Page.GetAsync($"/pointage/certificates?uuid={reader}{query}".ToUri(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Code_Typed_FindsItsCertificate()
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, reader) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync());
        var code = Actors.Tallying.Certificates.ShortCode.Of(Guid.Parse(certificate));

        var found = await TallyCampaign.DataAsync(await campaign.Page.GetAsync($"/pointage/code/{code.ToLowerInvariant()}?uuid={reader}".ToUri(), TestContext.Current.CancellationToken));

        Assert.Equal((certificate, "Ada", false), ((string)found["certificate"]!, (string)found["data"]!["name"]!, (bool)found["revoked"]!));
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync($"/pointage/code/00000000?uuid={reader}".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "code_unknown");
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync($"/pointage/code/U?uuid={reader}".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "code_unknown");
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync($"/pointage/code/{code}?uuid={Guid.NewGuid()}".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "reader_unknown");
    }

    [Fact]
    public async Task ReadMetadata_GivesOnlyWhatTheReaderMayRead()
    {
        using var campaign = await api.NewCampaignAsync();
        using var other = await api.NewCampaignAsync();
        var (certificate, reader, foreign) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync(), await other.NewCertificateAsync());

        var metadata = await TallyCampaign.DataAsync(await GetAsync(campaign.Slug, reader, certificate));

        Assert.Equal("""{"seat":"12"}""", metadata.ToJsonString());
        await TallyCampaign.ShouldRefuseAsync(await GetAsync(campaign.Slug, reader, foreign), HttpStatusCode.NotFound, "certificate_unknown");
        await TallyCampaign.ShouldRefuseAsync(await GetAsync(campaign.Slug, reader, "x"), HttpStatusCode.NotFound, "certificate_unknown");
        await TallyCampaign.ShouldRefuseAsync(await GetAsync(other.Slug, reader, foreign), HttpStatusCode.NotFound, "reader_unknown");

        Task<HttpResponseMessage> GetAsync(string slug, string by, string of) =>
            campaign.Page.GetAsync($"/qrcode/{slug}/read-metadata/{by}?certificate={of}".ToUri(), TestContext.Current.CancellationToken);
    }
}
