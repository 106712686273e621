using Actors.Api.Tests.Support;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Hosting;

/// <summary>Over a real connection, which has an address that is known or is not.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData(null, false)]
    public async Task Get_ForwardedHeaders_CountFromKnownProxiesOnly(string? known, bool counts)
    {
        await using var api = await ApiProcess.StartAsync(TestContext.Current.CancellationToken, known is null ? [] : ["--Proxy:Known", known]);
        using var client = api.CreateClient(admin: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz".ToUri());
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "counter.example.org");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(counts, answer.Headers.Contains("Strict-Transport-Security"));
    }
}
