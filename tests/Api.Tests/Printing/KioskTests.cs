using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Printing;

/// <summary>Terminals that come by the hub: they say that they have a job before they print it, and how it goes on.</summary>
[Collection(PrintCollection.Name)]
public sealed class KioskTests(PrintApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_ByQrToken_IsAcknowledgedReportedAndCountedOnce()
    {
        var (id, token) = await api.NewTerminalAsync();
        await using var kiosk = await KioskPage.OpenAsync(api.Process, token);
        var pin = await api.NewFileAsync(new { pages = "1,2,1", copies = 2, two_sided = true });
        using var printed = await api.PrintAsync((string)(await kiosk.NextAsync("Token"))["qrToken"]!, pin);
        Assert.Equal(HttpStatusCode.OK, printed.StatusCode);

        var job = await kiosk.NextAsync("Job");
        var file = Assert.Single(job["files"]!.AsArray())!;
        Assert.Equal(("1,2,1", 2, true), ((string)file["options"]!["pages"]!, (int)file["options"]!["copies"]!, (bool)file["options"]!["twoSided"]!));
        Assert.Equal("queued", (string)(await FileAsync(pin))["job"]!["state"]!);
        Assert.True(await kiosk.AcknowledgeAsync((string)job["id"]!));
        Assert.Equal("taken", (string)(await FileAsync(pin))["job"]!["state"]!);
        await kiosk.ProgressAsync((string)job["id"]!, "printing", 3, 4);
        await kiosk.ProgressAsync((string)job["id"]!, "stopped", 3, 4, "paper-out");
        var stopped = (await FileAsync(pin))["job"]!;
        Assert.Equal(("stopped", 3, 4, "paper-out", "Corridor"), ((string)stopped["state"]!, (int)stopped["sheet"]!, (int)stopped["of"]!, (string)stopped["reason"]!, (string)stopped["terminal"]!));
        await kiosk.ProgressAsync((string)job["id"]!, "done", 4, 4);
        await kiosk.ProgressAsync((string)job["id"]!, "done", 4, 4);

        Assert.Equal("done", (string)(await FileAsync(pin))["job"]!["state"]!);
        var sums = await StatisticsAsync("terminal");
        var row = sums["rows"]!.AsArray().Single(part => (string)part!["key"]! == id)!;
        Assert.Equal(("Corridor", 1, 4), ((string)row["label"]!, (int)row["prints"]!, (int)row["sheets"]!));
    }

    [Fact]
    public async Task Print_ByPinAtTheKiosk_QueuesItThere()
    {
        var (_, token) = await api.NewTerminalAsync();
        await using var kiosk = await KioskPage.OpenAsync(api.Process, token);
        var pin = await api.NewFileAsync(pages: 3);

        var job = await kiosk.PrintAsync(pin.ToLowerInvariant());

        Assert.Equal((1, 3), ((int)job["files"]!, (int)job["sheets"]!));
        Assert.Equal((string)job["id"]!, (string)(await kiosk.NextAsync("Job"))["id"]!);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => kiosk.PrintAsync("NOSUCH"));
        Assert.StartsWith("files_unknown: ", refusal.Message, StringComparison.Ordinal);
        refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await kiosk.PrintAsync(await api.RegisterAsync()));
        Assert.StartsWith("file_absent: ", refusal.Message, StringComparison.Ordinal);
        refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => kiosk.PrintAsync("../etc"));
        Assert.StartsWith("files_unknown: ", refusal.Message, StringComparison.Ordinal);
        refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => kiosk.SendGarbageAsync());
        Assert.StartsWith("invalid", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_Again_GetsWhatWasNotAcknowledgedAndNothingElse()
    {
        var (_, token) = await api.NewTerminalAsync();
        var pin = await api.NewFileAsync();
        string taken, left;
        await using (var kiosk = await KioskPage.OpenAsync(api.Process, token))
        {
            taken = (string)(await kiosk.PrintAsync(pin))["id"]!;
            left = (string)(await kiosk.PrintAsync(pin))["id"]!;
            Assert.True(await kiosk.AcknowledgeAsync(taken));
        }

        await api.RestartAsync();
        await using var again = await KioskPage.OpenAsync(api.Process, token);
        Assert.Equal(left, (string)(await again.NextAsync("Job"))["id"]!);
        // how the first one ended is told by the terminal, or by nobody
        await again.ProgressAsync(taken, "failed", reason: "reloaded");
        Assert.False(await again.AcknowledgeAsync(taken));
        Assert.True(await again.AcknowledgeAsync(left));
    }

    [Fact]
    public async Task Cancel_BeforeTheKioskHasIt_IsToldToItAndAfterwardsRefused()
    {
        var (_, token) = await api.NewTerminalAsync();
        await using var kiosk = await KioskPage.OpenAsync(api.Process, token);
        var pin = await api.NewFileAsync();
        using var nothing = await api.Anyone.DeleteAsync($"/api/print/files/{pin}/job".ToUri(), Cancel);
        Assert.Equal("job_unknown", (string)(await nothing.ReadJsonAsync())["code"]!);
        var job = (string)(await kiosk.PrintAsync(pin))["id"]!;

        using var cancelled = await api.Anyone.DeleteAsync($"/api/print/files/{pin}/job".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal(job, (string)(await kiosk.NextAsync("Cancelled"))!);
        Assert.False(await kiosk.AcknowledgeAsync(job));
        Assert.Equal("cancelled", (string)(await FileAsync(pin))["job"]!["state"]!);

        var next = (string)(await kiosk.PrintAsync(pin))["id"]!;
        Assert.True(await kiosk.AcknowledgeAsync(next));
        using var late = await api.Anyone.DeleteAsync($"/api/print/files/{pin}/job".ToUri(), Cancel);
        Assert.Equal((HttpStatusCode.Conflict, "job_taken"), (late.StatusCode, (string)(await late.ReadJsonAsync())["code"]!));
    }

    [Fact]
    public async Task Delete_OfAFileThatWaits_TakesItsJobBack()
    {
        var (_, token) = await api.NewTerminalAsync();
        await using var kiosk = await KioskPage.OpenAsync(api.Process, token);
        var pin = await api.NewFileAsync();
        var job = (string)(await kiosk.PrintAsync(pin))["id"]!;

        using var deleted = await api.Anyone.DeleteAsync($"/print/file/{pin}?surname={PrintApi.Surname}&number={PrintApi.Number}".ToUri(), Cancel);

        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(job, (string)(await kiosk.NextAsync("Cancelled"))!);
        Assert.False(await kiosk.AcknowledgeAsync(job));
    }

    [Fact]
    public async Task Command_ToAKiosk_ComesUntilItIsAcknowledged()
    {
        var (id, token) = await api.NewTerminalAsync();
        using var sent = await api.Admin.PostAsJsonAsync($"/api/print/terminals/{id}/commands".ToUri(), new { command = "reboot" }, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);

        await using (var kiosk = await KioskPage.OpenAsync(api.Process, token))
        {
            Assert.Equal("reboot", (string)(await kiosk.NextAsync("Command"))["command"]!);
        }

        await using var again = await KioskPage.OpenAsync(api.Process, token);
        Assert.True(await again.AcknowledgeAsync((string)(await again.NextAsync("Command"))["id"]!));
        Assert.Equal(0, (int)(await api.SeeAsync(id))["waiting"]!);
    }

    [Fact]
    public async Task Connection_WhileAnotherLives_IsRefused()
    {
        var (_, token) = await api.NewTerminalAsync();
        await using var kiosk = await KioskPage.OpenAsync(api.Process, token);
        await kiosk.NextAsync("Token");

        await using var other = await KioskPage.OpenAsync(api.Process, token);

        Assert.StartsWith("token_used: ", await other.ClosedAsync(), StringComparison.Ordinal);
        await kiosk.NextAsync("Token");
    }

    [Theory]
    [InlineData("nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task Connection_OfAStranger_IsRefused(string token, HttpStatusCode expected)
    {
        using var answer = await api.Anyone.GetAsync($"/hubs/terminals?access_token={token}".ToUri(), Cancel);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Pairing_ConfirmedByTheStaff_GivesTheTokenOnce()
    {
        using var opened = await api.Anyone.PostAsync("/api/print/pairings".ToUri(), content: null, Cancel);
        var pairing = await opened.ReadJsonAsync();
        var claim = $"/api/print/pairings/{(string)pairing["id"]!}".ToUri();
        Assert.Equal("waiting", (string)(await api.Anyone.GetFromJsonAsync<JsonNode>(claim, Cancel))!["state"]!);

        using var anyone = await api.Anyone.PostAsJsonAsync("/api/print/terminals/pair".ToUri(), new { code = pairing["code"], name = "Hall" }, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, anyone.StatusCode);
        using var confirmed = await api.Admin.PostAsJsonAsync("/api/print/terminals/pair".ToUri(), new { code = ((string)pairing["code"]!).ToLowerInvariant(), name = "Hall" }, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        var given = await api.Anyone.GetFromJsonAsync<JsonNode>(claim, Cancel);

        Assert.Equal("Hall", (string)given!["name"]!);
        using var me = new HttpRequestMessage(HttpMethod.Get, "/auth/me".ToUri()) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", (string)given["token"]!) } };
        using var known = await api.Anyone.SendAsync(me, Cancel);
        Assert.Equal((string)given["terminal"]!, (string)(await known.ReadJsonAsync())["id"]!);
        using var again = await api.Anyone.GetAsync(claim, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("{\"code\":\"AAAA-AAAA\",\"name\":\"Hall\"}", HttpStatusCode.NotFound)]
    [InlineData("{\"code\":\"../..\",\"name\":\"Hall\"}", HttpStatusCode.NotFound)]
    [InlineData("{\"code\":\"AAAA-AAAA\",\"name\":\"\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"code\":\"AAAA-AAAA\",\"name\":\"two\\nlines\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"name\":\"Hall\"}", HttpStatusCode.BadRequest)]
    [InlineData("[", HttpStatusCode.BadRequest)]
    public async Task Pairing_OfNoKiosk_IsRefused(string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await api.Admin.PostAsync("/api/print/terminals/pair".ToUri(), content, Cancel);
        Assert.Equal(expected, answer.StatusCode);
        using var claim = await api.Anyone.GetAsync("/api/print/pairings/AAAAAAAAnonsense".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, claim.StatusCode);
    }

    [Fact]
    public async Task Statistics_AsCsv_HasARowPerPart()
    {
        using var csv = await api.Admin.GetAsync("/api/print/statistics?by=member&format=csv".ToUri(), Cancel);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("key,label,prints,sheets\r\n", await csv.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var stranger = await api.Anyone.GetAsync("/api/print/statistics".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("by=moon", "by")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=2026-02-03&to=2026-02-03", "to")]
    [InlineData("from=1970-01-01&to=2026-01-01", "to")]
    [InlineData("format=xlsx", "format")]
    public async Task Statistics_OfWhatIsNone_SaysWhere(string query, string at)
    {
        using var answer = await api.Admin.GetAsync($"/api/print/statistics?{query}".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.ReadJsonAsync())["errors"]![at]);
    }

    private async Task<JsonNode> FileAsync(string pin) => (await api.Anyone.GetFromJsonAsync<JsonNode>($"/api/print/files/{pin}".ToUri(), Cancel))!;

    private async Task<JsonNode> StatisticsAsync(string by) => (await api.Admin.GetFromJsonAsync<JsonNode>($"/api/print/statistics?by={by}".ToUri(), Cancel))!;
}
