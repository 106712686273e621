using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Meetings;

/// <summary>The simulated server of those who try: from the demo's links to two people in a room.</summary>
public sealed class DemoConferenceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Room_IsEnteredByTheLinks_AndEndedByTheAgent()
    {
        await using var api = await ApiProcess.StartAsync(Cancel, "--Bbb:PollInterval=00:00:00.2");
        using var admin = api.CreateClient();
        using var visitor = new HttpClient { BaseAddress = api.BaseAddress };
        visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        using var made = await admin.PostAsJsonAsync("/bbb/demo/meeting/".ToUri(), new { name = "Demo", idempotent_id = "1" }, Cancel);
        var meeting = (await made.ReadJsonAsync())["data"]!;

        var agent = await OpenAsync(visitor, (string)meeting["join_agent_url"]!);
        var user = await OpenAsync(visitor, (string)meeting["join_user_url"]! + "?fullName=Ada%20%3Cb%3E");

        Assert.Contains("Ada &lt;b&gt;", user.Page, StringComparison.Ordinal);
        Assert.Contains("<li>Agent <small>(agent)", user.Page, StringComparison.Ordinal);
        Assert.Contains("End for all", agent.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("End for all", user.Page, StringComparison.Ordinal);
        await UntilRunningAsync(visitor, meeting, running: true);

        // a user ends nothing
        using var refused = await visitor.PostAsync(user.Address.AbsolutePath + "/end", content: null, Cancel);
        Assert.Contains("not in the room", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("Ada", await visitor.GetStringAsync(user.Address, Cancel), StringComparison.Ordinal);

        using var ended = await visitor.PostAsync(agent.Address.AbsolutePath + "/end", content: null, Cancel);
        Assert.Contains("not in the room", await visitor.GetStringAsync(user.Address, Cancel), StringComparison.Ordinal);
        await UntilRunningAsync(visitor, meeting, running: false);
    }

    [Theory]
    [InlineData("/demo/bbb/api/join?meetingID=1&fullName=a&checksum=00")]
    [InlineData("/demo/bbb/api/join")]
    [InlineData("/demo/bbb/room/nobody")]
    public async Task Room_WithoutASignedLink_IsNotEntered(string path)
    {
        await using var api = await ApiProcess.StartAsync(Cancel);
        using var visitor = new HttpClient { BaseAddress = api.BaseAddress };
        visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        Assert.Contains("not in the room", await visitor.GetStringAsync(path, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_IsNotSimulatedWhereTheOperatorSaysSo()
    {
        await using var api = await ApiProcess.StartAsync(Cancel, "--Bbb:Demo=false");
        using var admin = api.CreateClient();

        using var made = await admin.PostAsJsonAsync("/bbb/demo/meeting/".ToUri(), new { name = "Demo", idempotent_id = "1" }, Cancel);
        using var room = await admin.GetAsync("/demo/bbb/room/x".ToUri(), Cancel);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (made.StatusCode, room.StatusCode));
    }

    private static async Task<(Uri Address, string Page)> OpenAsync(HttpClient visitor, string link)
    {
        using var page = await visitor.GetAsync(link, Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return (page.RequestMessage!.RequestUri!, await page.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task UntilRunningAsync(HttpClient visitor, JsonNode meeting, bool running)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        late.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var answer = await visitor.GetAsync((string)meeting["is_running_url"]!, Cancel);
            if ((bool)(await answer.ReadJsonAsync())["data"]! == running)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, late.Token);
        }
    }
}
