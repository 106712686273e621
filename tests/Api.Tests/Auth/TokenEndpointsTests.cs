using System.Net;
using System.Net.Http.Json;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Auth;

public sealed class TokenEndpointsTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private static readonly string[] TallyRead = ["tally.read"];
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_KnownScope_AnswersTheSecretOnce()
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsJsonAsync("/api/tokens", new { name = "gate", scopes = TallyRead }, Stop);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var created = await answer.ReadJsonAsync();
        Assert.StartsWith("act_", (string?)created["token"], StringComparison.Ordinal);
        Assert.Equal($"/api/tokens/{created["id"]}", answer.Headers.Location!.ToString());

        var list = await client.GetStringAsync("/api/tokens".ToUri(), Stop);
        Assert.Contains((string)created["id"]!, list, StringComparison.Ordinal);
        Assert.DoesNotContain((string)created["token"]!, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_UnknownScope_IsInvalid()
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsJsonAsync("/api/tokens", new { name = "gate", scopes = new[] { "tally.raed" } }, Stop);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Contains("tally.raed", problem["errors"]!["scopes"]![0]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["admin"]}""", "name")]
    [InlineData("""{"name":"a","scopes":[]}""", "scopes")]
    public async Task Create_EmptyMember_IsInvalidAndNamed(string body, string member)
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsync("/api/tokens".ToUri(), new StringContent(body, null, "application/json"), Stop);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.NotNull(problem["errors"]![member]);
    }

    [Fact]
    public async Task Use_WithoutToken_IsChallenged()
    {
        using var client = api.CreateClient();
        using var answer = await client.GetAsync("/api/tokens".ToUri(), Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer realm=\"actors\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Use_WrongToken_IsInvalidToken()
    {
        using var client = api.CreateClientWith("act_wrong");
        using var answer = await client.GetAsync("/api/tokens".ToUri(), Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_TokenWithoutTheScope_NamesTheMissingScope()
    {
        using var admin = api.CreateClientWith();
        using var client = api.CreateClientWith(await CreateAsync(admin));
        using var answer = await client.GetAsync("/api/tokens".ToUri(), Stop);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "missing_scope");
        Assert.Equal("admin", (string?)problem["scope"]);
        Assert.Contains("scope=\"admin\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_AccessTokenInQuery_OpensHubsOnly()
    {
        using var client = api.CreateClient();
        using var answer = await client.GetAsync($"/api/tokens?access_token={ApiFactory.AdminToken}".ToUri(), Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Revoke_Token_EndsItAtOnce()
    {
        using var admin = api.CreateClientWith();
        using var created = await admin.PostAsJsonAsync("/api/tokens", new { name = "short-lived", scopes = new[] { "admin" } }, Stop);
        var token = await created.ReadJsonAsync();
        using var client = api.CreateClientWith((string)token["token"]!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/tokens".ToUri(), Stop)).StatusCode);

        using var revoked = await admin.DeleteAsync($"/api/tokens/{token["id"]}".ToUri(), Stop);

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/tokens".ToUri(), Stop)).StatusCode);
        using var again = await admin.DeleteAsync($"/api/tokens/{token["id"]}".ToUri(), Stop);
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private static async Task<string> CreateAsync(HttpClient admin)
    {
        using var answer = await admin.PostAsJsonAsync("/api/tokens", new { name = "gate", scopes = TallyRead }, Stop);
        return (string)(await answer.ReadJsonAsync())["token"]!;
    }
}
