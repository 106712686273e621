using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>One running api for the tests of a class, and short words for what they do.</summary>
public sealed class TallyApi : ApiFactory
{
    /// <summary>A campaign of its own for each test.</summary>
    public async Task<TallyCampaign> NewCampaignAsync()
    {
        var campaign = new TallyCampaign(this, $"c{Guid.NewGuid():N}");
        using var answer = await campaign.Staff.PutAsJsonAsync($"/api/campaigns/{campaign.Slug}".ToUri(), new { name = "The fair" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return campaign;
    }

    /// <summary>A client whose token has these scopes.</summary>
    public async Task<HttpClient> CreateClientWithScopesAsync(params string[] scopes)
    {
        using var admin = CreateClientWith();
        using var answer = await admin.PostAsJsonAsync("/api/tokens".ToUri(), new { name = "test", scopes }, TestContext.Current.CancellationToken);
        return CreateClientWith((string)(await answer.ReadJsonAsync())["token"]!);
    }
}

/// <summary>A campaign and its clients.</summary>
public sealed class TallyCampaign(TallyApi api, string slug) : IDisposable
{
    public string Slug { get; } = slug;

    public HttpClient Staff { get; } = api.CreateClientWith();

    /// <summary>A page: it has no token.</summary>
    public HttpClient Page { get; } = api.CreateClient();

    public static double Now => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    public async Task<string> NewCertificateAsync(object? body = null) =>
        (string)(await DataAsync(await Staff.PostAsJsonAsync(
            $"/qrcode/{Slug}/save-certificate/".ToUri(), body ?? new { data = new { name = "Ada" }, metadata = new { seat = "12", diet = "none" } }, TestContext.Current.CancellationToken)))["uuid"]!;

    public async Task<string> NewReaderAsync(object? body = null) =>
        (string)(await DataAsync(await Staff.PostAsJsonAsync(
            $"/qrcode/{Slug}/save-reader/".ToUri(), body ?? new { name = "Gate", readable_metadatas = "seat, none", enable_tallying = true }, TestContext.Current.CancellationToken)))["uuid"]!;

    public async Task RevokeAsync(string certificate)
    {
        using var answer = await Staff.PostAsync($"/api/campaigns/{Slug}/certificates/{certificate}/revoke".ToUri(), content: null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public Task<HttpResponseMessage> PostSyncAsync(string reader, string json) =>
        Page.PostAsync($"/pointage/?uuid={reader}".ToUri(), Json(json), TestContext.Current.CancellationToken);

    public async Task<JsonNode> SyncAsync(string reader, object body) =>
        await DataAsync(await Page.PostAsJsonAsync($"/pointage/?uuid={reader}".ToUri(), body, TestContext.Current.CancellationToken));

    public static object Scan(string certificate, string? id = null, double? at = null) =>
        new { certificate, @event = id ?? Guid.NewGuid().ToString(), timestamp = at ?? Now };

    public static StringContent Json(string json, string type = "application/json") => new(json, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));

    /// <summary>The data of an envelope that tells of success.</summary>
    public static async Task<JsonNode> DataAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {text}");
            var body = JsonNode.Parse(text)!;
            Assert.Equal(0, (int)body["err"]!);
            return body["data"]!;
        }
    }

    /// <summary>The envelope of a refusal.</summary>
    public static async Task ShouldRefuseAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            var body = JsonNode.Parse(text)!.AsObject();
            Assert.Equal(["err", "err_class", "err_desc", "data"], body.Select(member => member.Key));
            Assert.Equal((1, code), ((int)body["err"]!, (string?)body["err_class"]));
            Assert.False(string.IsNullOrEmpty((string?)body["err_desc"]));
            Assert.Null(body["data"]);
        }
    }

    public void Dispose()
    {
        Staff.Dispose();
        Page.Dispose();
    }
}
