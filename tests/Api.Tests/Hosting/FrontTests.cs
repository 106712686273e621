using System.Net;
using Actors.Api.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Actors.Api.Tests.Hosting;

public sealed class FrontTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/no/such/route")]
    [InlineData("/docs/index.html")]
    public async Task Get_Anything_CarriesTheSecurityHeaders(string path)
    {
        using var client = api.CreateClient();
        using var answer = await client.GetAsync(path.ToUri(), Stop);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("camera=(self)", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    public async Task Head_WhatCanBeRead_IsAnswered(string path)
    {
        using var client = api.CreateClient();
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path.ToUri()), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Get_OverHttps_AsksForHttpsFromNowOn()
    {
        using var client = api.CreateClient();
        using var answer = await client.GetAsync("https://counter.example.org/healthz".ToUri(), Stop);

        Assert.Contains("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ReadinessOfARunningServer_IsReady()
    {
        using var client = api.CreateClient();
        using var answer = await client.GetAsync("/readyz".ToUri(), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.ReadJsonAsync();
        Assert.Equal("ready", (string?)body["status"]);
        Assert.Equal(["storage", "engine"], body["checks"]!.AsArray().Select(check => (string)check!["name"]!));
    }

    [Fact]
    public async Task Get_OpenApi_DescribesTokensAndTheirScheme()
    {
        using var client = api.CreateClient();
        using var answer = await client.GetAsync("/openapi/v1.json".ToUri(), Stop);

        var document = await answer.ReadJsonAsync();
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["Bearer"]!["scheme"]);
        var post = document["paths"]!["/api/tokens"]!["post"]!;
        Assert.Equal("admin", (string?)post["security"]![0]!["Bearer"]![0]);
        Assert.NotNull((string?)post["summary"]);
        Assert.NotNull(post["responses"]!["403"]);
    }

    [Fact]
    public async Task Get_OpenApi_TellsTheRefusalsOfEachRouteInItsShape()
    {
        using var client = api.CreateClient();
        using var answer = await client.GetAsync("/openapi/v1.json".ToUri(), Stop);

        var paths = (await answer.ReadJsonAsync())["paths"]!.AsObject();
        foreach (var (path, operations) in paths.Where(path => path.Key is not ("/healthz" or "/readyz")))
        {
            var shape = path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/push/", StringComparison.Ordinal) ? "application/problem+json" : "application/json";
            foreach (var (method, operation) in operations!.AsObject())
            {
                var answers = operation!["responses"]!.AsObject();
                Assert.True(answers.Any(one => one.Key[0] is '2' or '3'), $"{method} {path} tells no success");
                Assert.NotNull(answers["503"]);
                Assert.All(answers.Where(one => one.Key[0] is '4' or '5'), one => Assert.Equal([shape], one.Value!["content"]!.AsObject().Select(content => content.Key)));
            }
        }

        var sync = paths["/pointage"]!["post"]!;
        Assert.NotNull(sync["requestBody"]!["content"]!["application/json"]!["example"]!["events"]);
        var link = paths["/bbb/{slug}/meeting/{guid}/links"]!["post"]!;
        Assert.Equal("meetings.write", (string?)link["security"]![0]!["Bearer"]![0]);
        Assert.NotNull(link["requestBody"]!["content"]!["application/json"]!["example"]!["invite"]);
        var device = paths["/push/subscriptions/{id}"]!["patch"]!;
        Assert.Equal(["200", "400", "401", "403", "404", "408", "413", "415", "429", "503"], device["responses"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.Equal("UserToken", device["security"]![0]!.AsObject().Single().Key);
        var use = paths["/bbb/{slug}/meeting/{guid}/join/link/{key}"]!["post"]!;
        Assert.Equal(["200", "302", "403", "404", "410", "429", "503"], use["responses"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["200", "400", "403", "404", "408", "413", "415", "429", "503"], sync["responses"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("https", "https://a.example:8443")]
    [InlineData("javascript", "http://a.example:8443")]
    public void Of_ARequestWithoutPublicUrl_IsHttpOrHttps(string scheme, string expected)
    {
        var request = new DefaultHttpContext { Request = { Scheme = scheme, Host = new HostString("a.example", 8443) } }.Request;

        Assert.Equal(expected, new Api.Hosting.PublicAddress(new Api.Settings.PublicOptions()).Of(request));
    }

    [Fact]
    public async Task Get_Preflight_WithoutOrigins_OpensNothing()
    {
        using var client = api.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/tokens".ToUri());
        request.Headers.Add("Origin", "https://portal.example.org");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await client.SendAsync(request, Stop);

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Get_CrossOrigin_KnownOriginOnly()
    {
        await using var own = new ApiFactory { Settings = { ["Cors:Origins"] = "https://portal.example.org" } };
        using var client = own.CreateClient();
        Assert.Equal("https://portal.example.org", await AllowedAsync(client, "https://portal.example.org"));
        Assert.Null(await AllowedAsync(client, "https://evil.example.org"));
    }

    [Theory]
    [InlineData("/assets/index-BlRL2k3X.js", "public, max-age=31536000, immutable")]
    [InlineData("/sw.js", "no-cache")]
    [InlineData("/reader.html", "no-cache")]
    [InlineData("/assets/plain.js", "no-cache")]
    public void CacheControl_File_DependsOnItsHash(string path, string expected) =>
        Assert.Equal(expected, Api.Pages.StaticPages.CacheControl(path));

    [Theory]
    [InlineData(null, "fr")]
    [InlineData("en-GB,en;q=0.9,fr;q=0.8", "en")]
    [InlineData("de, en;q=0.5, fr;q=0.7", "fr")]
    [InlineData("de", "fr")]
    [InlineData("en;q=0, fr;q=0.1", "fr")]
    [InlineData(";;;,,,", "fr")]
    public void Choose_AcceptLanguage_GivesOneOfOurs(string? header, string expected) =>
        Assert.Equal(expected, Api.Pages.Languages.Choose(header));

    [Theory]
    [InlineData("/qrcode/demo/open-reader/0f8fad5b-d9cb-469f-a165-70867728950e", "/qrcode/demo/open-reader/0f8fad5b…")]
    [InlineData("/a/0F8FAD5BD9CB469FA16570867728950E/b", "/a/0F8FAD5B…/b")]
    [InlineData("/healthz", "/healthz")]
    public void Path_WithAUuid_IsMasked(string path, string expected) =>
        Assert.Equal(expected, Silo.Telemetry.Masking.Uuids(path));

    private static async Task<string?> AllowedAsync(HttpClient client, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz".ToUri());
        request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request, Stop);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }
}
