using System.Net;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.Tallying;
using Actors.Tallying.Certificates;

namespace Actors.Api.Tests.Tallying;

/// <summary>Certificates and readers on the seed's routes.</summary>
public sealed class CertificateRouteTests(TallyApi api) : IClassFixture<TallyApi>
{
    [Fact]
    public async Task SaveCertificate_NewAndUpdated_CanBeRead()
    {
        using var campaign = await api.NewCampaignAsync();
        var uuid = Guid.NewGuid().ToString();

        var saved = await SaveAsync(campaign, uuid, """{"data":{"name":"Ada","seats":2,"vip":true},"metadata":{"note":"a\nb"},"validity_start":"2024-01-25T10:00:00+01:00","validity_end":null}""");
        Assert.Equal((uuid, $"http://localhost/qrcode/{campaign.Slug}/get-qrcode/{uuid}"), ((string)saved["uuid"]!, (string)saved["qrcode_url"]!));
        var read = await GetAsync(campaign, uuid);
        Assert.Equal("""{"name":"Ada","seats":"2","vip":"true"}""", read["data"]!.ToJsonString());
        Assert.Equal(("2024-01-25T09:00:00Z", null, false), ((string?)read["validity_start"], (string?)read["validity_end"], (bool)read["revoked"]!));
        var version = (long)read["version"]!;

        await SaveAsync(campaign, uuid.Replace("-", "", StringComparison.Ordinal), """{"data":{"name":"Grace"},"validity_start":"","validity_end":"2200-01-01"}""");
        read = await GetAsync(campaign, uuid);
        Assert.Equal(("""{"name":"Grace"}""", null, "2200-01-01T00:00:00Z"), (read["data"]!.ToJsonString(), (string?)read["validity_start"], (string?)read["validity_end"]));
        Assert.True((long)read["version"]! > version);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":{"a":null}}""")]
    [InlineData("""{"data":{"a":{}}}""")]
    [InlineData("""{"data":{"":"x"}}""")]
    [InlineData("""{"data":{"a":"\u0007"}}""")]
    [InlineData("""{"data":{"a\nb":"x"}}""")]
    [InlineData("""{"data":{"a":"\ud800"}}""")]
    [InlineData("""{"validity_start":"tomorrow"}""")]
    [InlineData("""{"validity_start":5}""")]
    [InlineData("""{"validity_start":"1950-01-01"}""")]
    [InlineData("""{"validity_start":"2024-01-02","validity_end":"2024-01-01"}""")]
    public async Task SaveCertificate_WrongBody_IsRefusedInTheEnvelope(string body)
    {
        using var campaign = await api.NewCampaignAsync();
        using var answer = await PostAsync(campaign, "save-certificate", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, (int)(await answer.ReadJsonAsync())["err"]!);
    }

    [Fact]
    public async Task SaveCertificate_NotAllowed_IsRefusedInTheEnvelope()
    {
        using var campaign = await api.NewCampaignAsync();
        using var other = await api.NewCampaignAsync();
        var certificate = await campaign.NewCertificateAsync();

        await TallyCampaign.ShouldRefuseAsync(await PostAsync(other, $"save-certificate/{certificate}", "{}"), HttpStatusCode.Conflict, "other_campaign");
        await TallyCampaign.ShouldRefuseAsync(await campaign.Staff.PostAsync("/qrcode/none/save-certificate".ToUri(), TallyCampaign.Json("{}"), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "campaign_unknown");
        await TallyCampaign.ShouldRefuseAsync(await PostAsync(campaign, "save-certificate/x", "{}"), HttpStatusCode.NotFound, "certificate_unknown");
        await TallyCampaign.ShouldRefuseAsync(await PostAsync(campaign, "save-certificate", $$$"""{"data":{"a":"{{{new string('x', 1_500)}}}"}}"""), HttpStatusCode.BadRequest, "certificate_too_large");
        await TallyCampaign.ShouldRefuseAsync(await PostAsync(campaign, "save-certificate", new string(' ', 300 << 10)), HttpStatusCode.RequestEntityTooLarge, "too_large");
        await campaign.RevokeAsync(certificate);
        await TallyCampaign.ShouldRefuseAsync(await PostAsync(campaign, $"save-certificate/{certificate}", "{}"), HttpStatusCode.Conflict, "certificate_revoked");
        await TallyCampaign.ShouldRefuseAsync(await campaign.Staff.GetAsync($"/qrcode/{other.Slug}/get-certificate/{certificate}".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "certificate_unknown");
    }

    [Fact]
    public async Task GetQrCode_WithoutAToken_IsAPicture()
    {
        using var campaign = await api.NewCampaignAsync();
        var certificate = await campaign.NewCertificateAsync();

        var (type, png) = await GetAsync("");
        Assert.Equal("image/png", type);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png.Take(4));
        var (_, labelled) = await GetAsync("?label=1");
        Assert.Equal(Height(png) + 8 * 11, Height(labelled));
        (type, var svg) = await GetAsync("?format=svg&label=1");
        Assert.Equal("image/svg+xml", type);
        Assert.StartsWith("<svg ", System.Text.Encoding.UTF8.GetString(svg), StringComparison.Ordinal);
        await TallyCampaign.ShouldRefuseAsync(await campaign.Page.GetAsync($"/qrcode/{campaign.Slug}/get-qrcode/{Guid.NewGuid()}".ToUri(), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "certificate_unknown");

        async Task<(string?, byte[])> GetAsync(string query)
        {
            using var answer = await campaign.Page.GetAsync($"/qrcode/{campaign.Slug}/get-qrcode/{certificate}{query}".ToUri(), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        static int Height(byte[] picture) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20));
    }

    [Fact]
    public async Task SaveReader_NewAndUpdated_CanBeRead()
    {
        using var campaign = await api.NewCampaignAsync();
        var reader = await campaign.NewReaderAsync(new { readable_metadatas = " a, b,,a", enable_tallying = true, validity_start = (string?)null });
        var read = await TallyCampaign.DataAsync(await campaign.Staff.GetAsync($"/qrcode/{campaign.Slug}/get-reader/{reader}".ToUri(), TestContext.Current.CancellationToken));
        Assert.Equal(("a,b", true, $"Reader {reader[..8]}"), ((string)read["readable_metadatas"]!, (bool)read["enable_tallying"]!, (string)read["name"]!));
        Assert.Equal($"http://localhost/qrcode/{campaign.Slug}/open-reader/{reader}", (string?)read["url"]);

        await TallyCampaign.DataAsync(await PostAsync(campaign, $"save-reader/{reader}", """{"name":"Gate","enable_tallying":false}"""));
        read = await TallyCampaign.DataAsync(await campaign.Staff.GetAsync($"/qrcode/{campaign.Slug}/get-reader/{reader}".ToUri(), TestContext.Current.CancellationToken));
        Assert.Equal(("", false, "Gate"), ((string)read["readable_metadatas"]!, (bool)read["enable_tallying"]!, (string)read["name"]!));
    }

    [Theory]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"a\u0000"}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"readable_metadatas":7}""")]
    [InlineData("""{"readable_metadatas":[7]}""")]
    [InlineData("""{"enable_tallying":"yes"}""")]
    [InlineData("""{"gate":7}""")]
    [InlineData("""{"gate":"two\nlines"}""")]
    [InlineData("""{"direction":"sideways"}""")]
    [InlineData("""{"validity_end":"x"}""")]
    public async Task SaveReader_WrongBody_IsRefusedInTheEnvelope(string body)
    {
        using var campaign = await api.NewCampaignAsync();
        await TallyCampaign.ShouldRefuseAsync(await PostAsync(campaign, "save-reader", body), HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task OpenReader_Known_IsThePage()
    {
        using var campaign = await api.NewCampaignAsync();
        var reader = await campaign.NewReaderAsync();

        using var page = await campaign.Page.GetAsync($"/qrcode/{campaign.Slug}/open-reader/{reader}".ToUri(), TestContext.Current.CancellationToken);
        using var none = await campaign.Page.GetAsync($"/qrcode/{campaign.Slug}/open-reader/{Guid.NewGuid()}".ToUri(), TestContext.Current.CancellationToken);
        using var manifest = await campaign.Page.GetAsync($"/qrcode/{campaign.Slug}/reader/{reader}/manifest.webmanifest".ToUri(), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal("application/manifest+json", manifest.Content.Headers.ContentType?.MediaType);
        var installed = await manifest.ReadJsonAsync();
        Assert.Equal(($"/qrcode/{campaign.Slug}/open-reader/{reader}", "Gate"), ((string)installed["start_url"]!, (string)installed["name"]!));
    }

    [Fact]
    public async Task Keys_OfACampaign_VerifyItsCertificates()
    {
        using var campaign = await api.NewCampaignAsync();
        var uuid = await campaign.NewCertificateAsync();
        using var rotated = await campaign.Staff.PostAsync($"/api/campaigns/{campaign.Slug}/keys".ToUri(), content: null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, rotated.StatusCode);

        using var answer = await campaign.Page.GetAsync($"/api/campaigns/{campaign.Slug}/keys".ToUri(), TestContext.Current.CancellationToken);
        var keys = (await answer.ReadJsonAsync())["keys"]!.AsArray();

        Assert.Equal(2, keys.Count);
        using var verifier = new CertificateVerifier([.. keys.Select(key => new SigningKeyInfo((string)key!["kid"]!, (string)key["x"]!, (string)key["y"]!, default))]);
        var grains = (Orleans.IGrainFactory)api.Services.GetService(typeof(Orleans.IGrainFactory))!;
        var certificate = (await grains.GetCertificateGrain(new CertificateKey(Guid.Parse(uuid))).GetAsync())!;
        Assert.Equal(CertificateCheckOutcome.Valid, verifier.Verify(certificate.QrText, TimeProvider.System.GetUtcNow()).Outcome);
    }

    private static async Task<JsonNode> GetAsync(TallyCampaign campaign, string uuid) =>
        await TallyCampaign.DataAsync(await campaign.Staff.GetAsync($"/qrcode/{campaign.Slug}/get-certificate/{uuid}".ToUri(), TestContext.Current.CancellationToken));

    private static async Task<JsonNode> SaveAsync(TallyCampaign campaign, string uuid, string body) =>
        await TallyCampaign.DataAsync(await PostAsync(campaign, $"save-certificate/{uuid}", body));

    private static Task<HttpResponseMessage> PostAsync(TallyCampaign campaign, string route, string body) =>
        campaign.Staff.PostAsync($"/qrcode/{campaign.Slug}/{route}".ToUri(), TallyCampaign.Json(body), TestContext.Current.CancellationToken);
}
