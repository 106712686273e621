using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>Meetings while processes die: everybody's link still leads to the conference in which the others are.</summary>
[Collection(FaultFixture.Name)]
public sealed class ClusterMeetingTests(FaultFixture fixture)
{
    // enough that each silo holds the grains of some
    private const int Meetings = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private ProcessCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Meetings_MadeAtAServer_AreJoinedAtAnotherWhileASiloDies()
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using var admin = Cluster.Apis[0].Process.CreateClient();
        var meetings = await Task.WhenAll(Enumerable.Range(0, Meetings).Select(number => CreateAsync(admin, number, bound.Token)));
        await Task.WhenAll(meetings.Select(meeting => EnterAsync(browser, new Uri((string)meeting["join_agent_url"]!), bound.Token)));
        var before = meetings.ToDictionary(meeting => (string)meeting["guid"]!, meeting => fixture.Bbb.Conferences[(string)meeting["guid"]!].CreateTime, StringComparer.Ordinal);

        await Cluster.Silos[1].Process.KillAsync();
        await Task.WhenAll(meetings.Select(meeting => EnterAsync(browser, AtTheOther(meeting["join_user_url"]!), bound.Token)));

        foreach (var (guid, createTime) in before)
        {
            var conference = fixture.Bbb.Conferences[guid];
            Assert.Equal(createTime, conference.CreateTime);
            Assert.Equal([("Agent", "MODERATOR"), ("Usager", "VIEWER")], conference.People);
        }

        foreach (var meeting in meetings)
        {
            await UntilRunningAsync(browser, AtTheOther(meeting["is_running_url"]!), bound.Token);
        }

        // the same request again is the same meeting, wherever it is asked
        using var other = Cluster.Apis[1].Process.CreateClient();
        Assert.Equal((string)meetings[0]["guid"]!, (string)(await CreateAsync(other, 0, bound.Token))["guid"]!);
        await Cluster.Silos[1].StartAsync(bound.Token);
        await Cluster.UntilWholeAsync(bound.Token);
    }

    private Uri AtTheOther(JsonNode link) => new(Cluster.Apis[1].Process.BaseAddress, new Uri((string)link!).AbsolutePath);

    private static async Task<JsonNode> CreateAsync(HttpClient admin, int number, CancellationToken cancellationToken)
    {
        using var made = await admin.PostAsJsonAsync("/bbb/visio/meeting/".ToUri(), new { name = "Rendez-vous", idempotent_id = $"fault-{number}" }, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return (await made.ReadJsonAsync())["data"]!;
    }

    /// <summary>As a browser does: a page that says that it tries again does so.</summary>
    private static async Task EnterAsync(HttpClient browser, Uri link, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await browser.GetAsync(link, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.Redirect)
            {
                var page = await browser.GetStringAsync(answer.Headers.Location, cancellationToken);
                Assert.Contains("id=\"person\"", page, StringComparison.Ordinal);
                return;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task UntilRunningAsync(HttpClient browser, Uri isRunning, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await browser.GetAsync(isRunning, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.OK && (bool)(await answer.ReadJsonAsync())["data"]!)
            {
                return;
            }

            await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
        }
    }
}
