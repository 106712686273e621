using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Actors.Api.Tests.Support;

internal static class Answers
{
    public static Uri ToUri(this string path) => new(path, UriKind.RelativeOrAbsolute);

    public static async Task<JsonNode> ReadJsonAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;

    /// <summary>The answer is a problem of this code; the problem.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.ReadJsonAsync();
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal($"urn:actors:problem:{code}", (string?)problem["type"]);
        Assert.Equal((int)status, (int?)problem["status"]);
        Assert.NotNull((string?)problem["traceId"]);
        Assert.NotNull((string?)problem["title"]);
        return problem;
    }
}
