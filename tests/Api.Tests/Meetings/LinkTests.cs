using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Meetings;

/// <summary>Links of one person each.</summary>
[Collection(MeetingCollection.Name)]
public sealed class LinkTests(MeetingApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Link_OfManyUses_LeadsItsPersonInUnderHisName()
    {
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), user_full_name = "Usager n° 7" });
        var link = await AddAsync(meeting, new { id = "marie", name = "Marie <Dupont>" });

        var first = await api.EnterAsync(link["url"]!, "?fullName=Somebody");
        var second = await api.EnterAsync(link["url"]!);

        Assert.Equal([("Marie <Dupont>", "VIEWER"), ("Marie <Dupont>", "VIEWER")], People(meeting));
        Assert.Equal(UserOf(first), UserOf(second));
        var listed = Assert.Single(await LinksAsync(meeting))!;
        Assert.NotNull((string?)listed["first_used"]);
        Assert.Equal((2, "user", "multi", (string)link["url"]!), ((int)listed["joined"]!, (string)listed["role"]!, (string)listed["use"]!, (string)listed["url"]!));
    }

    [Fact]
    public async Task Link_OfAnAgent_IsAModerator()
    {
        var meeting = await api.CreateAsync();
        var (one, other) = (await AddAsync(meeting, new { id = "a", name = "Guichet 4", role = "agent" }), await AddAsync(meeting, new { id = "b", name = "Ada" }));

        var (agent, user) = (await api.EnterAsync(one["url"]!), await api.EnterAsync(other["url"]!));

        Assert.Equal([("Guichet 4", "MODERATOR"), ("Ada", "VIEWER")], People(meeting));
        Assert.NotEqual(UserOf(agent), UserOf(user));
    }

    [Fact]
    public async Task Link_OfOneUse_IsNotUsedUpByLooking()
    {
        var meeting = await api.CreateAsync();
        var link = await AddAsync(meeting, new { id = "m", name = "Marie", use = "single" });

        using var looked = await api.OpenAsync(link["url"]!);
        using var program = await api.OpenAsync(link["url"]!, "*/*");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (looked.StatusCode, looked.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Marie", await looked.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await MeetingApi.IsErrorAsync(program, HttpStatusCode.Conflict, "NeedsConfirmation");
        Assert.Empty(People(meeting));
        Assert.Null((string?)Assert.Single(await LinksAsync(meeting))!["first_used"]);
    }

    [Fact]
    public async Task Link_OfOneUse_LeadsInOnce_AndTheSameBrowserAgain()
    {
        var meeting = await api.CreateAsync();
        var link = await AddAsync(meeting, new { id = "m", name = "Marie", use = "single" });

        using var first = await PressAsync(link, cookie: null);
        using var again = await PressAsync(link, first.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var other = await PressAsync(link, cookie: null);
        using var browser = await api.OpenAsync(link["url"]!);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, again.StatusCode));
        await MeetingApi.IsErrorAsync(other, HttpStatusCode.Gone, "Used");
        Assert.Equal((HttpStatusCode.Gone, "text/html"), (browser.StatusCode, browser.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Link_Opened_LeavesItsKeyInNoOtherPlace()
    {
        var meeting = await api.CreateAsync();
        var link = await AddAsync(meeting, new { id = "m", name = "Marie <script>", use = "single" });
        var url = new Uri((string)link["url"]!);

        using var page = await api.OpenAsync(link["url"]!);
        using var pressed = await PressAsync(link, cookie: null, "text/html");

        var cookie = page.Headers.GetValues("Set-Cookie").Single();
        Assert.All(["httponly", "samesite=lax", $"path={url.AbsolutePath}"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All([page, pressed], answer =>
        {
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        });
        Assert.Contains("Marie &lt;script&gt;", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.StartsWith($"0;url={api.Alone.Address}api/join?", pressed.Headers.GetValues("Refresh").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(url.Segments[^1].TrimEnd('/'), api.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_OfAnAgent_IsNotBoundByTheMeetingsOpening()
    {
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), not_before = In("1") });
        var (agent, user) = (await AddAsync(meeting, new { id = "a", name = "Guichet 4", role = "agent" }), await AddAsync(meeting, new { id = "b", name = "Ada" }));

        using var early = await api.OpenAsync(user["url"]!, "*/*");
        await MeetingApi.IsErrorAsync(early, HttpStatusCode.Forbidden, "TooEarly");
        await api.EnterAsync(agent["url"]!);

        Assert.Null((string?)(await LobbyAsync(meeting, agent))["opens"]);
        Assert.NotNull((string?)(await LobbyAsync(meeting, user))["opens"]);
    }

    [Fact]
    public async Task Lobby_OfALinkWithItsOwnTime_OpensThen_AndNotALittleEarly()
    {
        var meeting = await api.CreateAsync(new { name = "RDV", idempotent_id = MeetingApi.NewId(), metadata = new { start = In("5") } });
        var own = In("1");

        var lobby = await LobbyAsync(meeting, await AddAsync(meeting, new { id = "m", name = "Marie", not_before = own }));

        Assert.Equal(DateTimeOffset.Parse(own!, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse((string)lobby["opens"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(("Marie", true, false), ((string)lobby["person"]!, (bool)lobby["opensStrictly"]!, (bool)lobby["asksName"]!));
    }

    [Fact]
    public async Task Link_OfOneUse_Raced_LeadsOneIn()
    {
        var meeting = await api.CreateAsync();
        var link = await AddAsync(meeting, new { id = "m", name = "Marie", use = "single" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => PressAsync(link, cookie: null)));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Redirect);
        Assert.All(answers.Where(answer => answer.StatusCode is not HttpStatusCode.Redirect), answer => Assert.Equal(HttpStatusCode.Gone, answer.StatusCode));
    }

    [Fact]
    public async Task Link_Used_IsUsedAfterAKillToo()
    {
        var meeting = await api.CreateAsync();
        var (used, revoked) = (await AddAsync(meeting, new { id = "m", name = "Marie", use = "single" }), await AddAsync(meeting, new { id = "n", name = "Nora" }));
        using var first = await PressAsync(used, cookie: null);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var gone = await api.Admin.DeleteAsync($"{meeting["url"]}links/n/".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);

        await api.RestartAsync();

        using var second = await PressAsync(used, cookie: null);
        await MeetingApi.IsErrorAsync(second, HttpStatusCode.Gone, "Used");
        using var old = await api.OpenAsync(revoked["url"]!, "*/*");
        await MeetingApi.IsErrorAsync(old, HttpStatusCode.Gone, "Revoked");
    }

    [Fact]
    public async Task Link_RevokedAndMadeAnew_HasAnotherAddress()
    {
        var meeting = await api.CreateAsync();
        var first = await AddAsync(meeting, new { id = "m", name = "Marie" });
        using var gone = await api.Admin.DeleteAsync($"{meeting["url"]}links/m/".ToUri(), Cancel);
        using var goneAgain = await api.Admin.DeleteAsync($"{meeting["url"]}links/m/".ToUri(), Cancel);
        var second = await AddAsync(meeting, new { id = "m", name = "Marie" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (gone.StatusCode, goneAgain.StatusCode));
        Assert.NotEqual((string)first["url"]!, (string)second["url"]!);
        using var page = await api.OpenAsync(first["url"]!);
        Assert.Equal((HttpStatusCode.Gone, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        await api.EnterAsync(second["url"]!);
        Assert.Equal(2, (await LinksAsync(meeting)).Count);
    }

    [Fact]
    public async Task Add_Repeated_IsTheSameLink_AndOtherContentIsRefused()
    {
        var meeting = await api.CreateAsync();
        var links = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AddAsync(meeting, new { id = "m", name = "Marie", use = "multi" })));

        Assert.Single(links.Select(link => (string)link["url"]!).Distinct());
        using var other = await PostAsync(meeting, new { id = "m", name = "Nora" });
        await MeetingApi.IsErrorAsync(other, HttpStatusCode.OK, "IdNotUnique");
    }

    [Fact]
    public async Task Add_BeyondTheLimit_IsRefusedUntilOneIsRevoked()
    {
        var meeting = await api.CreateAsync();
        for (var i = 0; i < MeetingApi.MaxLinks; i++)
        {
            await AddAsync(meeting, new { id = $"p{i}", name = "P" });
        }

        using var full = await PostAsync(meeting, new { id = "more", name = "P" });
        await MeetingApi.IsErrorAsync(full, HttpStatusCode.OK, "TooManyLinks");
        using var gone = await api.Admin.DeleteAsync($"{meeting["url"]}links/p0/".ToUri(), Cancel);
        await AddAsync(meeting, new { id = "more", name = "P" });
        Assert.Equal(MeetingApi.MaxLinks, (await LinksAsync(meeting)).Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":"","name":"b"}""")]
    [InlineData("""{"id":1,"name":"b"}""")]
    [InlineData("""{"id":"a","name":"b\nc"}""")]
    [InlineData("""{"id":"a","name":["b"]}""")]
    [InlineData("""{"id":"a","name":"b","role":"root"}""")]
    [InlineData("""{"id":"a","name":"b","use":2}""")]
    [InlineData("""{"id":"a","name":"b","locale":"de"}""")]
    [InlineData("""{"id":"a","name":"b","email":"nobody"}""")]
    [InlineData("""{"id":"a","name":"b","email":"a@example.org\r\nBcc: b@example.org"}""")]
    [InlineData("""{"id":"a","name":"b","invite":true}""")]
    [InlineData("""{"id":"a","name":"b","invite":"yes","email":"a@example.org"}""")]
    [InlineData("""{"id":"a","name":"b","not_before":"soon"}""")]
    [InlineData("""{"id":"a","name":"b","not_before":"2026-01-02T00:00:00Z","not_after":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"a","name":"b","user":{"a":{"b":{"c":{"d":1}}}}}""")]
    [InlineData("""{"id":"a","id":"b","name":"c"}""")]
    public async Task Add_WithNonsense_SaysWhatIsWrong(string body)
    {
        var meeting = await api.CreateAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await api.Admin.PostAsync($"{meeting["url"]}links/".ToUri(), content, Cancel);

        await MeetingApi.IsErrorAsync(answer, HttpStatusCode.OK, "Invalid");
        Assert.Empty(await LinksAsync(meeting));
    }

    [Fact]
    public async Task Add_TooLong_IsRefused()
    {
        var meeting = await api.CreateAsync();
        using var longName = await PostAsync(meeting, new { id = "a", name = new string('x', 251) });
        using var longBody = await PostAsync(meeting, new { id = "a", name = "b", user = new string('x', 20_000) });

        await MeetingApi.IsErrorAsync(longName, HttpStatusCode.OK, "Invalid");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, longBody.StatusCode);
    }

    [Theory]
    [InlineData("1", null, "TooEarly")]
    [InlineData(null, "-1", "TooLate")]
    public async Task Link_OutsideOfItsWindow_IsTold(string? opens, string? closes, string kind)
    {
        var meeting = await api.CreateAsync();
        var link = await AddAsync(meeting, new { id = "m", name = "Marie", role = "agent", not_before = In(opens), not_after = In(closes) });

        using var program = await api.OpenAsync(link["url"]!, "*/*");
        using var browser = await api.OpenAsync(link["url"]!);

        await MeetingApi.IsErrorAsync(program, HttpStatusCode.Forbidden, kind);
        if (kind == "TooEarly")
        {
            Assert.Equal(HttpStatusCode.Redirect, browser.StatusCode);
            Assert.StartsWith($"/meeting/{meeting["guid"]}#link=", browser.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((HttpStatusCode.Forbidden, "text/html"), (browser.StatusCode, browser.Content.Headers.ContentType!.MediaType));
        }
    }

    [Fact]
    public async Task Links_AreForOrganisersAlone()
    {
        var meeting = await api.CreateAsync();
        var link = await AddAsync(meeting, new { id = "m", name = "Marie" });
        var anonymous = (await api.ReadAsync(meeting["url"]!)).ToJsonString();
        using var list = await api.Anyone.GetAsync($"{meeting["url"]}links/", Cancel);
        using var add = await api.Anyone.PostAsJsonAsync($"{meeting["url"]}links/", new { id = "n", name = "n" }, Cancel);
        using var revoke = await api.Anyone.DeleteAsync($"{meeting["url"]}links/m/", Cancel);
        using var invite = await api.Anyone.PostAsync($"{meeting["url"]}links/m/invitation/", content: null, Cancel);

        Assert.DoesNotContain((string)link["url"]!, anonymous, StringComparison.Ordinal);
        Assert.All([list, add, revoke, invite], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Theory]
    [InlineData("0-00000000000000000000000000000000")]
    [InlineData("1-00000000000000000000000000000000")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("99999999999-a")]
    [InlineData("nonsense")]
    public async Task Link_WithAnotherKey_IsUnknown(string key)
    {
        var meeting = await api.CreateAsync();
        await AddAsync(meeting, new { id = "m", name = "Marie" });

        using var answer = await api.OpenAsync($"{meeting["url"]}join/link/{key}/", "*/*");

        await MeetingApi.IsErrorAsync(answer, HttpStatusCode.NotFound, "UnknownMeeting");
    }

    [Fact]
    public async Task Links_OfWhatIsNotThere_AreUnknown()
    {
        var meeting = await api.CreateAsync();
        var nowhere = ((string)meeting["url"]!).Replace((string)meeting["guid"]!, Guid.NewGuid().ToString("D"), StringComparison.Ordinal);
        using var add = await api.Admin.PostAsJsonAsync($"{nowhere}links/".ToUri(), new { id = "m", name = "M" }, Cancel);
        using var list = await api.Admin.GetAsync($"{nowhere}links/".ToUri(), Cancel);
        using var revoke = await api.Admin.DeleteAsync($"{meeting["url"]}links/m/".ToUri(), Cancel);
        using var invite = await api.Admin.PostAsync($"{meeting["url"]}links/m/invitation/".ToUri(), content: null, Cancel);

        await MeetingApi.IsErrorAsync(add, HttpStatusCode.NotFound, "UnknownMeeting");
        await MeetingApi.IsErrorAsync(list, HttpStatusCode.NotFound, "UnknownMeeting");
        await MeetingApi.IsErrorAsync(revoke, HttpStatusCode.NotFound, "UnknownLink");
        await MeetingApi.IsErrorAsync(invite, HttpStatusCode.NotFound, "UnknownLink");
    }

    private async Task<JsonNode> AddAsync(JsonNode meeting, object body)
    {
        using var answer = await PostAsync(meeting, body);
        var json = await answer.ReadJsonAsync();
        Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, (int)json["err"]!));
        return json["data"]!;
    }

    private Task<HttpResponseMessage> PostAsync(JsonNode meeting, object body) => api.Admin.PostAsJsonAsync($"{meeting["url"]}links/".ToUri(), body, Cancel);

    private async Task<JsonArray> LinksAsync(JsonNode meeting)
    {
        using var answer = await api.Admin.GetAsync($"{meeting["url"]}links/".ToUri(), Cancel);
        return (await answer.ReadJsonAsync())["data"]!.AsArray();
    }

    /// <summary>What the page of those who wait is told that has a link.</summary>
    private async Task<JsonNode> LobbyAsync(JsonNode meeting, JsonNode link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/meetings/{meeting["guid"]}");
        request.Headers.Add("X-Meeting-Link", new Uri((string)link["url"]!).Segments[^1].TrimEnd('/'));
        using var answer = await api.Anyone.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadJsonAsync();
    }

    /// <summary>The button of a link of one use.</summary>
    private Task<HttpResponseMessage> PressAsync(JsonNode link, string? cookie, string accept = "*/*")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, (string)link["url"]!);
        request.Headers.Add("Accept", accept);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return api.Anyone.SendAsync(request, Cancel);
    }

    private (string, string)[] People(JsonNode meeting) => [.. api.Alone.Conferences[(string)meeting["guid"]!].People];

    private static string UserOf(Uri join) => System.Web.HttpUtility.ParseQueryString(join.Query)["userID"]!;

    private static string? In(string? hours) =>
        hours is null ? null : TimeProvider.System.GetUtcNow().AddHours(int.Parse(hours, System.Globalization.CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
