using System.Net;
using Actors.Api.Tests.Support;
using Actors.TestKit.Meetings;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Meetings;

/// <summary>Trying the servers of the settings: what is wrong, and what to do.</summary>
public sealed class CheckStatusTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_OfEachFault_SaysWhatToDo()
    {
        await using var good = await BbbDouble.StartAsync();
        await using var old = await BbbDouble.StartAsync();
        await using var slow = await BbbDouble.StartAsync();
        await using var late = await BbbDouble.StartAsync();
        await using var page = await BbbDouble.StartAsync();
        old.ChecksumLength = 40;
        slow.Fault = BbbFault.Silent;
        late.ClockSkew = TimeSpan.FromMinutes(10);
        page.Fault = BbbFault.Html;
        var gone = await BbbDouble.StartAsync();
        await gone.DisposeAsync();
        await using var api = await ApiProcess.StartAsync(
            Cancel,
            [
                .. Server("a-good", good, good.Secret), "--Bbb:Servers:a-good:Weight=0",
                .. Server("b-wrong", good, "another"),
                .. Server("c-rolling", good, "the-next"), $"--Bbb:Servers:c-rolling:PreviousSecret={good.Secret}",
                .. Server("d-old", old, old.Secret),
                .. Server("e-slow", slow, slow.Secret),
                .. Server("f-late", late, late.Secret),
                .. Server("g-page", page, page.Secret),
                .. Server("h-gone", gone, gone.Secret),
                "--Bbb:Timeout=00:00:02",
            ]);
        using var admin = api.CreateClient();

        using var answer = await admin.GetAsync("/api/meetings/servers".ToUri(), Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var servers = (await answer.ReadJsonAsync()).AsArray().ToDictionary(server => (string)server!["name"]!, server => server!, StringComparer.Ordinal);
        Assert.Equal(
            [("a-good", true), ("b-wrong", false), ("c-rolling", true), ("d-old", false), ("e-slow", false), ("f-late", false), ("g-page", false), ("h-gone", false)],
            servers.Values.Select(server => ((string)server["name"]!, (bool)server["good"]!)));
        Assert.Equal(("3.0.4", true, "current"), ((string)servers["a-good"]["version"]!, (bool)servers["a-good"]["drained"]!, (string)servers["a-good"]["secret"]!));
        Assert.Equal("previous", (string)servers["c-rolling"]["secret"]!);
        Says("b-wrong", "secret is wrong", "bbb-conf --secret");
        Says("d-old", "does not take sha256", "Algorithm to sha1");
        Says("e-slow", "in time", "Bbb:Servers:e-slow:Url");
        Says("f-late", "clock differs", "NTP");
        Says("g-page", "none of BigBlueButton's", "before /api");
        Says("h-gone", "cannot be reached", "Bbb:Servers:h-gone:Url");
        Assert.DoesNotContain(good.Secret, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        void Says(string server, string problem, string remedy)
        {
            Assert.Contains(problem, (string)servers[server]["problem"]!, StringComparison.Ordinal);
            Assert.Contains(remedy, (string)servers[server]["remedy"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_WithoutAToken_IsRefused()
    {
        await using var api = await ApiProcess.StartAsync(Cancel);
        using var anyone = new HttpClient { BaseAddress = api.BaseAddress };

        using var answer = await anyone.GetAsync("/api/meetings/servers".ToUri(), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static IEnumerable<string> Server(string name, BbbDouble server, string secret) =>
        [$"--Bbb:Servers:{name}:Url={server.Address}", $"--Bbb:Servers:{name}:Secret={secret}"];
}
