using System.Net;
using System.Net.Http.Headers;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>Errors on the seed's own routes are in its envelope, also those that no route of ours makes.</summary>
public sealed class SeedErrorTests(TallyApi api) : IClassFixture<TallyApi>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE", "/pointage/", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("PUT", "/pointage/configuration", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("PATCH", "/qrcode/fair/save-certificate/", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("GET", "/qrcode/fair/no-such-thing", HttpStatusCode.NotFound, "not_found")]
    [InlineData("POST", "/qrcode/fair/save-certificate/", HttpStatusCode.Unauthorized, "unauthenticated")]
    public async Task Send_WhatNoRouteTakes_IsRefusedInTheEnvelope(string method, string path, HttpStatusCode status, string code)
    {
        using var client = api.CreateClient();
        await TallyCampaign.ShouldRefuseAsync(await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path.ToUri()), Stop), status, code);
    }

    [Theory]
    [InlineData("/pointage/?uuid=0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("/qrcode/fair/save-reader/")]
    public async Task Post_CompressedBody_IsUnsupportedInTheEnvelope(string path)
    {
        using var client = api.CreateClientWith();
        await TallyCampaign.ShouldRefuseAsync(await client.PostAsync(path.ToUri(), Compressed(), Stop), HttpStatusCode.UnsupportedMediaType, "unsupported_type");
    }

    [Fact]
    public async Task Post_CompressedBodyElsewhere_IsUnsupportedAsAProblem()
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsync("/api/tokens".ToUri(), Compressed(), Stop);
        await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_type");
        Assert.Equal(["identity"], answer.Headers.GetValues("Accept-Encoding"));
    }

    private static ByteArrayContent Compressed() => new([0x1f, 0x8b, 8, 0])
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } },
    };
}
