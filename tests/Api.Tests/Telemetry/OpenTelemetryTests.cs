using System.Text;
using Actors.Api.Tests.Support;
using Actors.TestKit.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Actors.Api.Tests.Telemetry;

public sealed class OpenTelemetryTests
{
    private const string Uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Fact]
    public async Task Export_WithACollector_SendsTracesWithoutKeys()
    {
        var traces = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]).Build();
        collector.MapPost("/v1/{kind}", async (string kind, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
            var text = Encoding.Latin1.GetString(body.ToArray());
            if (kind == "traces" && text.Contains("/qrcode/", StringComparison.Ordinal))
            {
                traces.TrySetResult(text);
            }
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        await using var api = await ApiProcess.StartAsync(
            TestContext.Current.CancellationToken, "--Otlp:Endpoint", collector.Urls.Single(), "--Otlp:Protocol", "httpprotobuf");
        using var client = api.CreateClient(admin: false);

        await client.GetAsync($"/qrcode/demo/nothing/{Uuid}?access_token=act_secret&uuid={Uuid}".ToUri(), TestContext.Current.CancellationToken);

        var sent = await traces.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Contains("/qrcode/demo/nothing/0f8fad5b", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Uuid, sent, StringComparison.Ordinal);
        Assert.DoesNotContain("act_secret", sent, StringComparison.Ordinal);
    }
}
