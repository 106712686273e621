using System.Net;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Meetings;

namespace Actors.Api.Tests.Meetings;

/// <summary>Coming in, being seen, and what happens when BigBlueButton fails.</summary>
[Collection(MeetingCollection.Name)]
public sealed class JoinTests(MeetingApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_WithoutNames_IsUsagerAndAgent()
    {
        var meeting = await api.CreateAsync();
        await api.EnterAsync(meeting["join_user_url"]!);
        await api.EnterAsync(meeting["join_agent_url"]!);
        await api.EnterAsync(meeting["join_user_url"]!, "?fullName=%20Ada%20%0A%3Cb%3E");

        Assert.Equal([("Usager", "VIEWER"), ("Agent", "MODERATOR"), ("Ada <b>", "VIEWER")], People(meeting));
    }

    [Fact]
    public async Task Join_WithNamesOfTheMeeting_HasThose()
    {
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), user_full_name = "Zoé", agent_full_name = "Guichet 4" });
        await api.EnterAsync(meeting["join_user_url"]!, "?fullName=Ada");
        await api.EnterAsync(meeting["join_agent_url"]!, "?fullName=Ada");

        Assert.Equal([("Zoé", "VIEWER"), ("Guichet 4", "MODERATOR")], People(meeting));
    }

    [Fact]
    public async Task Running_IsTrueWhileSomebodyIsInIt_ForPagesOfAnySite()
    {
        var meeting = await api.CreateAsync();
        Assert.False((bool)await api.ReadAsync(meeting["is_running_url"]!));
        await api.EnterAsync(meeting["join_agent_url"]!);

        await api.UntilRunningAsync(meeting, running: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, (string)meeting["is_running_url"]!) { Headers = { { "Origin", "https://portal.example.org" } } };
        using var answer = await api.Anyone.SendAsync(request, Cancel);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.NotNull((string?)(await api.ReadAsync(meeting["url"]!))["last_time_running"]);

        await api.Alone.EndAsync((string)meeting["guid"]!);
        await api.UntilRunningAsync(meeting, running: false);
        Assert.NotNull((string?)(await api.ReadAsync(meeting["url"]!))["last_time_running"]);
    }

    [Fact]
    public async Task Join_AfterTheConferenceEnded_MakesItAgain()
    {
        var meeting = await api.CreateAsync();
        var first = await api.EnterAsync(meeting["join_user_url"]!);
        await api.Alone.EndAsync((string)meeting["guid"]!);

        var second = await api.EnterAsync(meeting["join_user_url"]!);

        Assert.NotEqual(CreateTime(first), CreateTime(second));
        using var old = await api.Anyone.GetAsync(first, Cancel);
        Assert.Contains("mismatchCreateTimeParam", await old.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-2", "-1", HttpStatusCode.Forbidden, "TooLate")]
    [InlineData("1", "2", HttpStatusCode.Forbidden, "TooEarly")]
    public async Task Join_OutsideOfTheWindow_IsTold(string opens, string closes, HttpStatusCode status, string kind)
    {
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), not_before = In(opens), not_after = In(closes) });

        using var program = await api.OpenAsync(meeting["join_user_url"]!, "*/*");
        using var browser = await api.OpenAsync(meeting["join_user_url"]!);

        await MeetingApi.IsErrorAsync(program, status, kind);
        Assert.Equal((status, "text/html"), (browser.StatusCode, browser.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData(BbbFault.Silent)]
    [InlineData(BbbFault.Html)]
    [InlineData(BbbFault.Garbage)]
    [InlineData(BbbFault.Empty)]
    [InlineData(BbbFault.Status500)]
    [InlineData(BbbFault.Abort)]
    [InlineData(BbbFault.Endless)]
    public async Task Server_ThatAnswersNonsense_IsAskedAgainLater(BbbFault fault)
    {
        var (meeting, id) = (await api.CreateAsync(), MeetingApi.NewId());
        await api.Alone.EndAsync((string)meeting["guid"]!);
        api.Alone.Fault = fault;
        try
        {
            using var created = await api.PostAsync(new { name = "RDV", idempotent_id = id });
            using var browser = await api.OpenAsync(meeting["join_user_url"]!);
            using var running = await api.Anyone.GetAsync((string)meeting["is_running_url"]!, Cancel);

            await MeetingApi.IsErrorAsync(created, HttpStatusCode.ServiceUnavailable, "Unavailable");
            Assert.NotNull(created.Headers.RetryAfter);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (browser.StatusCode, browser.Content.Headers.ContentType!.MediaType));
            Assert.Contains("http-equiv=\"refresh\"", await browser.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.False((bool)(await running.ReadJsonAsync())["data"]!);
        }
        finally
        {
            api.Alone.Fault = BbbFault.None;
        }

        await UntilTakenAsync(new { name = "RDV", idempotent_id = id });
        await UntilLedInAsync(meeting["join_user_url"]!);
    }

    [Fact]
    public async Task Server_ThatDiesInAMeeting_IsReplacedForEverybodyWithAnOldLink()
    {
        var meeting = await api.CreateAsync("pool");
        var first = await api.EnterAsync(meeting["join_agent_url"]!);
        await api.UntilRunningAsync(meeting, running: true);
        var dead = api.Pool.Single(server => server.Address.Port == first.Port);
        await dead.KillAsync();
        try
        {
            var agent = await UntilLedInAsync(meeting["join_agent_url"]!);
            var user = await UntilLedInAsync(meeting["join_user_url"]!);

            Assert.NotEqual(first.Port, agent.Port);
            Assert.Equal(agent.Port, user.Port);
            var other = api.Pool.Single(server => server != dead);
            Assert.Equal(["MODERATOR", "VIEWER"], other.Conferences[(string)meeting["guid"]!].People.Select(person => person.Role));
            await api.UntilRunningAsync(meeting, running: true);
        }
        finally
        {
            await dead.StartAgainAsync();
        }
    }

    private static string In(string hours) => TimeProvider.System.GetUtcNow().AddHours(int.Parse(hours, System.Globalization.CultureInfo.InvariantCulture)).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static string CreateTime(Uri joined) => joined.Query.Split('&').Single(part => part.StartsWith("createTime=", StringComparison.Ordinal));

    private (string Name, string Role)[] People(JsonNode meeting) => [.. api.Alone.Conferences[(string)meeting["guid"]!].People];

    /// <summary>The same request again and again, as callers do that are told to.</summary>
    private async Task UntilTakenAsync(object body)
    {
        HttpStatusCode status;
        do
        {
            using var answer = await api.PostAsync(body);
            status = answer.StatusCode;
        }
        while (status is HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private async Task<Uri> UntilLedInAsync(JsonNode link)
    {
        while (true)
        {
            using var answer = await api.OpenAsync(link);
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                continue;
            }

            try
            {
                return await api.EnterAsync(link);
            }
            catch (HttpRequestException)
            {
                // led to the dead one, within the second after it was last asked: he opens his link again
            }
        }
    }
}
