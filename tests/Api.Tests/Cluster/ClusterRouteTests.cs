using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Cluster;

public sealed class ClusterRouteTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private static readonly Uri Route = new("/api/cluster", UriKind.Relative);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cluster_OneProcess_IsItsOnlySiloAndTellsWhatItHolds()
    {
        using var client = api.CreateClientWith();
        using var campaign = await client.PutAsJsonAsync("/api/campaigns/counted", new { name = "Counted" }, Cancel);
        campaign.EnsureSuccessStatusCode();

        var overview = await client.GetFromJsonAsync<JsonElement>(Route, Cancel);

        Assert.Equal(JsonValueKind.Null, overview.GetProperty("cluster").ValueKind);
        var silo = Assert.Single(overview.GetProperty("silos").EnumerateArray());
        Assert.Equal("active", silo.GetProperty("state").GetString());
        Assert.True(silo.GetProperty("statistics").GetProperty("memoryBytes").GetInt64() > 0);
    }

    [Fact]
    public async Task Cluster_WithoutTheScopeAdmin_IsRefused()
    {
        using var admin = api.CreateClientWith();
        using var made = await admin.PostAsJsonAsync("/api/tokens", new { name = "reads", scopes = new[] { "tally.read" } }, Cancel);
        var token = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("token").GetString();
        using var other = api.CreateClient();

        using var anonymous = await other.GetAsync(Route, Cancel);
        other.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var reader = await other.GetAsync(Route, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, reader.StatusCode);
    }
}
