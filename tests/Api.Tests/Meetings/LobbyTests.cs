using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Hubs;

namespace Actors.Api.Tests.Meetings;

/// <summary>What the page of a meeting asks and is told.</summary>
[Collection(MeetingCollection.Name)]
public sealed class LobbyTests(MeetingApi api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lobby_HasWhatItsMetadataSay()
    {
        var meeting = await api.CreateAsync(new
        {
            name = "RDV",
            idempotent_id = MeetingApi.NewId(),
            metadata = new { start = "2031-05-06T10:00:00+02:00", duration = 45, place = "Bureau 4", prepare = (string[])["CNI", "Photo"], other = new { } },
        });

        var lobby = await LobbyAsync(meeting);

        Assert.Equal(
            ("RDV", "2031-05-06T08:00:00+00:00", 45.0, "Bureau 4", "2031-05-06T07:50:00+00:00", false, false, true),
            ((string)lobby["name"]!, (string)lobby["start"]!, (double)lobby["duration"]!, (string)lobby["place"]!, (string)lobby["opens"]!, (bool)lobby["running"]!, (bool)lobby["over"]!, (bool)lobby["asksName"]!));
        Assert.Equal(["CNI", "Photo"], lobby["prepare"]!.AsArray().Select(item => (string)item!));
        Assert.Equal((string)meeting["join_user_url"]!, (string)lobby["joinUrl"]!);
    }

    [Theory]
    [InlineData("""{"start":"soon","duration":-1,"place":7,"prepare":{"a":1}}""", "7")]
    [InlineData("""{"start":[],"duration":"1e9","place":[],"prepare":"x"}""", null)]
    [InlineData("{}", null)]
    public async Task Lobby_OfMetadataThatMeanOtherThings_IsShownWithoutThem(string metadata, string? place)
    {
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), metadata = JsonNode.Parse(metadata) });

        var lobby = await LobbyAsync(meeting);

        Assert.Equal((null, null, place), ((string?)lobby["start"], (double?)lobby["duration"], (string?)lobby["place"]));
    }

    [Theory]
    [InlineData("1999")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    public async Task Lobby_OfNoMeeting_IsNotFound(string id)
    {
        using var answer = await api.Anyone.GetAsync($"/api/meetings/{id}".ToUri(), Cancel);
        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "meeting_unknown");
    }

    [Fact]
    public async Task Page_IsToldWhenSomebodyComesAndWhenTheyHaveGone()
    {
        var meeting = await api.CreateAsync();
        await using var page = await HubClient.ConnectAsync(new Uri(api.Process.BaseAddress, $"/hubs/meetings?guid={meeting["guid"]}"), Cancel);
        Assert.False((await StateAsync(page, _ => true)).GetProperty("running").GetBoolean());

        await api.EnterAsync(meeting["join_agent_url"]!);
        var running = await StateAsync(page, state => state.GetProperty("running").GetBoolean());
        Assert.Equal((1, false), (running.GetProperty("participants").GetInt32(), running.GetProperty("over").GetBoolean()));

        await api.Alone.EndAsync((string)meeting["guid"]!);
        await StateAsync(page, state => !state.GetProperty("running").GetBoolean());
    }

    [Fact]
    public async Task User_BeforeTheWindow_ComesInOnceTheAgentIsThere()
    {
        var opens = TimeProvider.System.GetUtcNow().AddHours(3).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), not_before = opens });
        using var early = await api.OpenAsync(meeting["join_user_url"]!, "*/*");
        await MeetingApi.IsErrorAsync(early, HttpStatusCode.Forbidden, "TooEarly");

        await api.EnterAsync(meeting["join_agent_url"]!);
        await api.UntilRunningAsync(meeting, running: true);

        await api.EnterAsync(meeting["join_user_url"]!);
    }

    private async Task<JsonNode> LobbyAsync(JsonNode meeting)
    {
        using var answer = await api.Anyone.GetAsync($"/api/meetings/{meeting["guid"]}".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadJsonAsync();
    }

    private static async Task<JsonElement> StateAsync(HubClient page, Func<JsonElement, bool> isIt)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        late.CancelAfter(Patience);
        while (true)
        {
            var told = await page.Events.ReadAsync(late.Token);
            if (told.Method == "State" && isIt(told.Arguments[0]))
            {
                return told.Arguments[0];
            }
        }
    }
}
