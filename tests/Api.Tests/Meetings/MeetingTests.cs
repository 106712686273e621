using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Meetings;

/// <summary>Making meetings and reading them, as the seed's callers do.</summary>
[Collection(MeetingCollection.Name)]
public sealed partial class MeetingTests(MeetingApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_AnswersWithTheSeedsBody()
    {
        var id = MeetingApi.NewId();
        var data = await api.CreateAsync(new
        {
            name = "RDV",
            idempotent_id = id,
            create_parameters = new { logoutURL = "https://portal/", muteOnStart = true, maxParticipants = 3 },
            metadata = new { start = "2026-11-23T10:00:00Z", place = new { room = "B" } },
        });

        Assert.Equal(
            ["guid", "idempotent_id", "name", "created", "updated", "running", "last_time_running", "url", "is_running_url", "join_user_url", "join_agent_url", "metadata", "bbb_meeting_info"],
            data.AsObject().Select(member => member.Key));
        Assert.Equal((id, "RDV", false, (JsonNode?)null), ((string)data["idempotent_id"]!, (string)data["name"]!, (bool)data["running"]!, data["last_time_running"]));
        Assert.Matches(Time(), (string)data["created"]!);
        var url = $"{api.Process.BaseAddress}bbb/sha256/meeting/{data["guid"]}/";
        Assert.Equal((url, url + "is-running/"), ((string)data["url"]!, (string)data["is_running_url"]!));
        Assert.Matches($"^{Regex.Escape(url)}join/user/[0-9a-f]{{32}}/$", (string)data["join_user_url"]!);
        Assert.Matches($"^{Regex.Escape(url)}join/agent/[0-9a-f]{{32}}/$", (string)data["join_agent_url"]!);
        Assert.Equal("""{"place":{"room":"B"},"start":"2026-11-23T10:00:00Z"}""", data["metadata"]!.ToJsonString());
        var conference = api.Alone.Conferences[(string)data["guid"]!];
        var info = data["bbb_meeting_info"]!;
        Assert.Equal((conference.CreateTime, "https://portal/", conference.InternalId), ((long)info["create_time"]!, (string)info["logout_url"]!, (string)info["internal_meeting_id"]!));
        Assert.Equal(("true", "3", "RDV"), (conference.Parameters["muteOnStart"], conference.Parameters["maxParticipants"], conference.Name));
    }

    [Theory]
    [InlineData("sha1", 40)]
    [InlineData("sha256", 64)]
    [InlineData("sha384", 96)]
    [InlineData("sha512", 128)]
    public async Task Create_ByEachAlgorithm_IsTaken(string slug, int length)
    {
        var meeting = await api.CreateAsync(slug);

        var joined = await api.EnterAsync(meeting["join_user_url"]!);
        Assert.Equal(length, joined.Query[(joined.Query.IndexOf("checksum=", StringComparison.Ordinal) + 9)..].Length);
    }

    [Fact]
    public async Task Create_AgainNestedOrFlattened_IsTheSameMeetingAndAsksNobody()
    {
        var id = MeetingApi.NewId();
        var first = await api.CreateAsync(new { name = "RDV", idempotent_id = id, create_parameters = new { logoutURL = "https://portal/", a = "1" }, user_full_name = "Ada" });
        var calls = api.Alone.CallsOf("create");

        var second = await api.CreateAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = "RDV",
            ["idempotent_id"] = id,
            ["create_parameters/a"] = "1",
            ["create_parameters/logoutURL"] = "https://portal/",
            ["user_full_name"] = "Ada",
        });

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(calls, api.Alone.CallsOf("create"));
    }

    [Fact]
    public async Task Create_WithAnotherContent_IsRefused()
    {
        var id = MeetingApi.NewId();
        await api.CreateAsync(new { name = "RDV", idempotent_id = id });

        using var name = await api.PostAsync(new { name = "Autre", idempotent_id = id });
        using var parameters = await api.PostAsync(new { name = "RDV", idempotent_id = id, create_parameters = new { record = true } });

        await MeetingApi.IsErrorAsync(name, HttpStatusCode.OK, "IdNotUnique");
        await MeetingApi.IsErrorAsync(parameters, HttpStatusCode.OK, "IdNotUnique");
    }

    [Fact]
    public async Task Create_ByFiftyAtOnce_IsOneMeeting()
    {
        var (id, calls) = (MeetingApi.NewId(), api.Alone.CallsOf("create"));

        var meetings = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.CreateAsync(new { name = "RDV", idempotent_id = id })));

        Assert.Single(meetings.Select(meeting => meeting.ToJsonString()).Distinct());
        Assert.Equal(1, api.Alone.CallsOf("create") - calls);
    }

    [Fact]
    public async Task Create_WithParametersThatAreOurs_KeepsOurs()
    {
        var data = await api.CreateAsync(new
        {
            name = "RDV",
            idempotent_id = MeetingApi.NewId(),
            create_parameters = new { meetingID = "mine", name = "mine", checksum = "mine", attendeePW = "mine", MODERATORPW = "mine", role = "mine" },
            join_user_parameters = new { role = "MODERATOR", meetingID = "mine", password = "mine", avatarURL = "https://a/" },
        });

        var conference = api.Alone.Conferences[(string)data["guid"]!];
        Assert.DoesNotContain("mine", conference.Parameters.Values);
        var joined = await api.EnterAsync(data["join_user_url"]!);
        Assert.Contains("role=VIEWER", joined.Query, StringComparison.Ordinal);
        Assert.Contains("avatarURL=https%3A%2F%2Fa%2F", joined.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", joined.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithASecretThatTheServerDoesNotKnow_SaysSoAtOnce()
    {
        using var answer = await api.PostAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId() }, "wrong");

        await MeetingApi.IsErrorAsync(answer, HttpStatusCode.OK, "ChecksumError");
    }

    [Fact]
    public async Task Create_WhileTheSecretIsBeingChanged_IsTaken()
    {
        var meeting = await api.CreateAsync("rolling");

        await api.EnterAsync(meeting["join_agent_url"]!);
    }

    [Theory]
    [InlineData("""{"idempotent_id":"1"}""")]
    [InlineData("""{"name":"","idempotent_id":"1"}""")]
    [InlineData("""{"name":"RDV"}""")]
    [InlineData("""{"name":"RDV","idempotent_id":""}""")]
    [InlineData("""{"name":"RDV","idempotent_id":"1","create_parameters":[]}""")]
    [InlineData("""{"name":"RDV","idempotent_id":"1","create_parameters":{"a":{}}}""")]
    [InlineData("""{"name":"RDV","idempotent_id":"1","metadata":"x"}""")]
    [InlineData("""{"name":"RDV","idempotent_id":"1","not_before":"soon"}""")]
    [InlineData("""{"name":"RDV","idempotent_id":"1","not_before":"2026-01-02T00:00:00Z","not_after":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"name":"\u0007","idempotent_id":"1"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Create_OfWhatIsHopeless_SaysSoWithoutAnHttpError(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await api.Admin.PostAsync("/bbb/sha256/meeting/".ToUri(), content, Cancel);

        await MeetingApi.IsErrorAsync(answer, HttpStatusCode.OK, "Invalid");
    }

    [Fact]
    public async Task Create_WithALongNameOrMarkup_KeepsItAndShortensItForTheServer()
    {
        var markup = await api.CreateAsync(new { name = "<b>RDV</b> & \"co\"", idempotent_id = MeetingApi.NewId() });
        var @long = await api.CreateAsync(new { name = new string('é', 250), idempotent_id = MeetingApi.NewId() });
        using var tooLong = await api.PostAsync(new { name = new string('é', 300), idempotent_id = MeetingApi.NewId() });

        Assert.Equal("<b>RDV</b> & \"co\"", api.Alone.Conferences[(string)markup["guid"]!].Name);
        Assert.Equal((250, 64), (((string)@long["name"]!).Length, api.Alone.Conferences[(string)@long["guid"]!].Name.Length));
        await MeetingApi.IsErrorAsync(tooLong, HttpStatusCode.OK, "Invalid");
    }

    [Fact]
    public async Task Create_WithoutAToken_IsRefusedInTheSameForm()
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await api.Anyone.PostAsync("/bbb/sha256/meeting/".ToUri(), body, Cancel);

        await MeetingApi.IsErrorAsync(answer, HttpStatusCode.Unauthorized, "Unauthenticated");
    }

    [Fact]
    public async Task Unknown_SlugGuidOrKey_Is404InTheSameForm()
    {
        var meeting = await api.CreateAsync();
        var url = (string)meeting["url"]!;
        using var slug = await api.PostAsync(new { name = "RDV", idempotent_id = "1" }, "nowhere");
        await MeetingApi.IsErrorAsync(slug, HttpStatusCode.NotFound, "UnknownServer");
        foreach (var path in (string[])
            [
                $"/bbb/sha256/meeting/{Guid.NewGuid()}/", "/bbb/sha256/meeting/1999/", $"/bbb/sha256/meeting/{Guid.NewGuid()}/is-running/",
                $"/bbb/sha1/meeting/{meeting["guid"]}/", $"{url}join/user/2b2111/", $"{url}join/agent/{((string)meeting["join_user_url"]!).Split('/')[^2]}/",
                $"{url}ended/2b2111/", $"/bbb/sha256/meeting/{Guid.NewGuid()}/join/user/2b2111/",
            ])
        {
            using var answer = await api.Anyone.GetAsync(path.ToUri(), Cancel);
            await MeetingApi.IsErrorAsync(answer, HttpStatusCode.NotFound, "UnknownMeeting");
        }
    }

    [Fact]
    public async Task Get_WithoutAToken_LeavesOutWhatParticipantsMayNotKnow()
    {
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), create_parameters = new { logoutURL = "https://portal/secret" } });
        var conference = api.Alone.Conferences[(string)meeting["guid"]!];

        using var anyone = await api.Anyone.GetAsync((string)meeting["url"]!, Cancel);
        var body = await anyone.Content.ReadAsStringAsync(Cancel);
        using var admin = await api.Admin.GetAsync((string)meeting["url"]!, Cancel);

        Assert.Equal(meeting.ToJsonString(), (await admin.ReadJsonAsync())["data"]!.ToJsonString());
        Assert.Contains((string)meeting["join_user_url"]!, body, StringComparison.Ordinal);
        foreach (var secret in (string[])["join_agent_url", "agent/", conference.AttendeePassword, conference.ModeratorPassword, "https://portal/secret", "create_parameters"])
        {
            Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Meeting_AfterTheServerWasKilled_HasTheSameGuidAndLinks()
    {
        var id = MeetingApi.NewId();
        var before = await api.CreateAsync(new { name = "RDV", idempotent_id = id });

        await api.RestartAsync();

        Assert.Equal(before.ToJsonString(), (await api.CreateAsync(new { name = "RDV", idempotent_id = id })).ToJsonString());
        await api.EnterAsync(before["join_user_url"]!);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$", RegexOptions.NonBacktracking)]
    private static partial Regex Time();
}
