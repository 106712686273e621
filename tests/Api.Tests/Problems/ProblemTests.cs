using System.Net;
using System.Net.Http.Headers;
using Actors.Api.Tests.Support;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;

namespace Actors.Api.Tests.Problems;

public sealed class ProblemTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    [InlineData("image/png")]
    public async Task Get_UnknownRoute_IsNotFoundWhateverIsAccepted(string accept)
    {
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var answer = await client.GetAsync("/no/such/route".ToUri(), Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Put_RouteThatOnlyReads_IsMethodNotAllowed()
    {
        using var client = api.CreateClient();
        using var answer = await client.PutAsync("/healthz".ToUri(), null, Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }

    [Theory]
    [InlineData("""{"name":"a","scopes":["admin"],"zz":1}""", "$.zz")]
    [InlineData("""{"name":"a","scopes":7}""", "$.scopes")]
    [InlineData("""{"name":"a","name":"b","scopes":["admin"]}""", "$.name")]
    public async Task Post_WrongMember_IsMalformedAndSaysWhere(string body, string path)
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsync("/api/tokens".ToUri(), new StringContent(body, null, "application/json"), Stop);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed");
        Assert.Contains(path, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"name":"a"}""")]
    [InlineData("\0\0\0")]
    public async Task Post_NoJson_IsMalformed(string body)
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsync("/api/tokens".ToUri(), new StringContent(body, null, "application/json"), Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed");
    }

    [Fact]
    public async Task Post_UnknownCharset_IsUnsupported()
    {
        using var client = api.CreateClientWith();
        using var body = new StringContent("""{"name":"a","scopes":["admin"]}""");
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "bogus");
        using var answer = await client.PostAsync("/api/tokens".ToUri(), body, Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_type");
    }

    public static TheoryData<Exception, int> Failures => new()
    {
        { new IOException("Nothing was written."), 503 },
        { new TimeoutException(), 503 },
        { new OrleansException("stopping"), 503 },
        { new SiloUnavailableException("gone"), 503 },
        { new BadHttpRequestException("too large", 413), 413 },
        { new InvalidOperationException(), 500 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Status_OfAnOutage_IsUnavailable(Exception failure, int status) => Assert.Equal(status, Api.Problems.ProblemServices.Status(failure));

    [Fact]
    public async Task Post_OtherType_IsUnsupported()
    {
        using var client = api.CreateClientWith();
        using var answer = await client.PostAsync("/api/tokens".ToUri(), new StringContent("a=b", null, "text/plain"), Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_type");
    }
}
