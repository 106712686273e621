using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Printing;

/// <summary>Terminals at their websockets.</summary>
[Collection(PrintCollection.Name)]
public sealed class TerminalTests(PrintApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("token ")]
    [InlineData("Bearer ")]
    public async Task Job_ForTheTokenOnTheScreen_IsPrintedOnce(string scheme)
    {
        var (id, token) = await api.NewTerminalAsync();
        var pins = new[] { await api.NewFileAsync(new { copies = 2 }), await api.NewFileAsync(pages: 3) };
        string shown;
        await using (var terminal = await ConnectAsync(scheme + token))
        {
            shown = await ShownAsync(terminal);
            using (var printed = await api.PrintAsync(shown, pins[0], pins[1].ToLowerInvariant(), pins[0]))
            {
                Assert.Equal("""{"status":"ok"}""", await printed.Content.ReadAsStringAsync(Cancel));
            }

            var job = await terminal.ReadUntilAsync("files", Cancel);
            Assert.NotEqual(shown, (string)job["qr_token"]!);
            Assert.Null(job["id"]);
            Assert.Equal("""{"pages":"","copies":2,"two_sided":false}""", job["files"]![0]!["options"]!.ToJsonString());
            Assert.Equal([PdfBuilder.Pages(2), PdfBuilder.Pages(3)], await terminal.FetchAsync(job, Cancel));
            using var again = await api.PrintAsync(shown, pins[0]);
            await PrintApi.IsErrorAsync(again, HttpStatusCode.BadRequest, "Terminal not found by QR");
        }

        await using var later = await ConnectAsync(token);
        await ReadsNothingButTokensAsync(later, 2);
        var seen = await api.SeeAsync(id);
        Assert.Equal((2, 7), ((int)seen["jobs"]![0]!["files"]!, (int)seen["jobs"]![0]!["sheets"]!));
        Assert.Equal("taken", (string)seen["jobs"]![0]!["state"]!);
    }

    [Fact]
    public async Task Job_NotFetchedBeforeTheConnectionBroke_ComesAgainAndWhatWasFetchedDoesNot()
    {
        var (_, token) = await api.NewTerminalAsync();
        var (first, second) = (await api.NewFileAsync(), await api.NewFileAsync(pages: 4));
        await using (var terminal = await ConnectAsync(token))
        {
            using var printed = await api.PrintAsync(await ShownAsync(terminal), first, second);
            var job = await terminal.ReadUntilAsync("files", Cancel);
            job["files"]!.AsArray().RemoveAt(1);
            await terminal.FetchAsync(job, Cancel);
            terminal.Abort();
        }

        await using var later = await ConnectAsync(token);
        var rest = await later.ReadUntilAsync("files", Cancel);
        Assert.Single(rest["files"]!.AsArray());
        Assert.Equal([PdfBuilder.Pages(4)], await later.FetchAsync(rest, Cancel));
    }

    [Fact]
    public async Task Job_OfWhichOnlyTheHeadersWereAsked_ComesAgain()
    {
        var (_, token) = await api.NewTerminalAsync();
        var pin = await api.NewFileAsync();
        await using (var terminal = await ConnectAsync(token))
        {
            using var printed = await api.PrintAsync(await ShownAsync(terminal), pin);
            var name = (string)(await terminal.ReadUntilAsync("files", Cancel))["files"]![0]!["filename"]!;
            using var look = new HttpRequestMessage(HttpMethod.Head, $"/print/static/{name}".ToUri()) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var headers = await api.Anyone.SendAsync(look, Cancel);
            Assert.Equal((HttpStatusCode.OK, PdfBuilder.Pages(2).Length), (headers.StatusCode, (int)headers.Content.Headers.ContentLength!));
            terminal.Abort();
        }

        await using var later = await ConnectAsync(token);
        var job = await later.ReadUntilAsync("files", Cancel);
        Assert.Equal([PdfBuilder.Pages(2)], await later.FetchAsync(job, Cancel));
    }

    [Fact]
    public async Task Job_AServerIsKilledOver_ComesAgain()
    {
        var (_, token) = await api.NewTerminalAsync();
        var pin = await api.NewFileAsync();
        await using (var terminal = await ConnectAsync(token))
        {
            using var printed = await api.PrintAsync(await ShownAsync(terminal), pin);
            Assert.Equal(HttpStatusCode.OK, printed.StatusCode);
        }

        await api.RestartAsync();

        await using var later = await ConnectAsync(token);
        Assert.Single((await later.ReadUntilAsync("files", Cancel))["files"]!.AsArray());
    }

    [Fact]
    public async Task Token_OnTheScreenOrJustBefore_IsGoodAndAnOlderOneIsNot()
    {
        var (_, token) = await api.NewTerminalAsync();
        var pin = await api.NewFileAsync();
        await using var terminal = await ConnectAsync(token);
        var oldest = await ShownAsync(terminal);
        var before = await ShownAsync(terminal);
        await ShownAsync(terminal);
        var current = await ShownAsync(terminal);

        // shown for two seconds, good for two more: three changes later it is over
        using var tooOld = await api.PrintAsync(oldest, pin);
        using var good = await api.PrintAsync(current, pin);
        await PrintApi.IsErrorAsync(tooOld, HttpStatusCode.BadRequest, "Terminal not found by QR");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.NotEqual(before, current);

        // the job changed the code at once; both are good now
        var next = (string)(await terminal.ReadUntilAsync("files", Cancel))["qr_token"]!;
        var after = await ShownAsync(terminal);
        using var one = await api.PrintAsync(next, pin);
        using var other = await api.PrintAsync(after, pin);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], new[] { one.StatusCode, other.StatusCode });
        await terminal.ReadUntilAsync("files", Cancel);
        await terminal.ReadUntilAsync("files", Cancel);
    }

    [Fact]
    public async Task Print_WhatCannotBe_IsRefusedAndLeavesTheTokenGood()
    {
        var (_, token) = await api.NewTerminalAsync();
        var (pin, empty) = (await api.NewFileAsync(), await api.RegisterAsync());
        await using var terminal = await ConnectAsync(token);
        var shown = await ShownAsync(terminal);

        using var unknown = await api.PrintAsync("NOSUCH", pin);
        using var missing = await api.PrintAsync(shown, pin, "NOSUCH", "NORTHIS");
        using var absent = await api.PrintAsync(shown, pin, empty);
        using var none = await api.PrintAsync(shown);
        using var eleven = await api.PrintAsync(shown, [.. Enumerable.Range(0, 11).Select(i => $"PIN{i}")]);
        using var good = await api.PrintAsync(shown, pin);

        await PrintApi.IsErrorAsync(unknown, HttpStatusCode.BadRequest, "Terminal not found by QR");
        await PrintApi.IsErrorAsync(missing, HttpStatusCode.NotFound, "2 file(s) not found");
        await PrintApi.IsErrorAsync(absent, HttpStatusCode.UnsupportedMediaType, "File has not been uploaded yet");
        await PrintApi.IsInvalidAsync(none, "body.files");
        await PrintApi.IsInvalidAsync(eleven, "body.files");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Connect_WithoutTheScopeOrAToken_IsToldSoAndClosed()
    {
        using var made = await api.Admin.PostAsJsonAsync("/api/tokens".ToUri(), new { name = "other", scopes = new[] { "print.file.send" } }, Cancel);
        foreach (var (token, error) in ((string?, string)[])[(null, "Not authenticated"), ("act_unknown", "Not authenticated"), ((string)(await made.ReadJsonAsync())["token"]!, "Unauthorized")])
        {
            await using var terminal = await ConnectAsync(token);
            Assert.Equal($$"""{"error":"{{error}}"}""", (await terminal.ReadAsync(Cancel))!.ToJsonString());
            Assert.Null(await terminal.ReadAsync(Cancel));
            Assert.True(terminal.IsClosedNormally);
        }
    }

    [Fact]
    public async Task Connect_WhileAnotherLives_IsRefusedAndTheOtherStays()
    {
        var (_, token) = await api.NewTerminalAsync();
        await using var first = await ConnectAsync(token);
        await ShownAsync(first);
        var reading = first.ReadUntilAsync("files", Cancel);

        await using var second = await ConnectAsync(token);
        Assert.Equal("""{"error":"Token already used"}""", (await second.ReadAsync(Cancel))!.ToJsonString());
        Assert.Null(await second.ReadAsync(Cancel));

        var (id, _) = (await FindAsync(token), 0);
        using var rebooted = await api.Admin.PostAsJsonAsync($"/api/print/terminals/{id}/commands".ToUri(), new { command = "reboot" }, Cancel);
        Assert.False(reading.IsFaulted);
        Assert.True((bool)(await api.SeeAsync(id))["connected"]!);
    }

    [Fact]
    public async Task Connect_AfterTheOldOneWentSilent_HasItsPlaceAndItsJobs()
    {
        var (_, token) = await api.NewTerminalAsync();
        var pin = await api.NewFileAsync();
        await using var silent = await ConnectAsync(token);
        using var printed = await api.PrintAsync(await ShownAsync(silent), pin);

        // nobody reads the first connection any more: its pings are not answered
        await using var next = await ConnectAsync(token);

        var job = await next.ReadUntilAsync("files", Cancel);
        Assert.Single(await next.FetchAsync(job, Cancel));
    }

    [Fact]
    public async Task Commands_ComeInOrderOnceEachAndWaitForTheTerminal()
    {
        var (_, token) = await api.NewTerminalAsync();
        await CommandAsync("update", token);
        await CommandAsync("reboot", token);
        await using (var terminal = await ConnectAsync(token))
        {
            Assert.True((bool)(await terminal.ReadUntilAsync("manual_update", Cancel))["manual_update"]!);
            var reboot = await terminal.ReadUntilAsync("reboot", Cancel);
            Assert.NotNull(reboot["qr_token"]);
            await ReadsNothingButTokensAsync(terminal, 1);
        }

        await using var later = await ConnectAsync(token);
        await ReadsNothingButTokensAsync(later, 2);
        using var unknown = await api.Admin.PostAsJsonAsync("/admin/reboot".ToUri(), new { terminal_token = "act_nobody" }, Cancel);
        await PrintApi.IsErrorAsync(unknown, HttpStatusCode.BadRequest, "Terminal not found by token");
        using var stranger = await api.Anyone.PostAsJsonAsync("/print/admin/update".ToUri(), new { terminal_token = token }, Cancel);
        await PrintApi.IsErrorAsync(stranger, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Terminal_ThatAcknowledges_PrintsAtMostOnce()
    {
        var (id, token) = await api.NewTerminalAsync();
        var (first, second) = (await api.NewFileAsync(), await api.NewFileAsync());
        string taken;
        await using (var terminal = await ConnectAsync(token))
        {
            await terminal.SendAsync("""{"hello":{"ack":true,"progress":true}}""", Cancel);
            using var one = await api.PrintAsync(await ShownAsync(terminal), first);
            var job = await terminal.ReadUntilAsync("id", Cancel);
            taken = (string)job["id"]!;
            using var two = await api.PrintAsync((string)job["qr_token"]!, second);
            await terminal.ReadUntilAsync("id", Cancel);
            await terminal.SendAsync($$"""{"ack":"{{taken}}"}""", Cancel);
            await terminal.SendAsync($$"""{"id":"{{taken}}","state":"stopped","sheet":1,"of":2,"reason":"paper-out"}""", Cancel);
            await UntilAsync(async () => (string?)(await JobAsync(id, taken))?["reason"] == "paper-out");
            terminal.Abort();
        }

        await UntilAsync(async () => (string?)(await JobAsync(id, taken))?["state"] == "unknown");
        await using var later = await ConnectAsync(token);
        await later.SendAsync("""{"hello":{"ack":true}}""", Cancel);
        var again = await later.ReadUntilAsync("files", Cancel);
        var rest = (string?)again["id"] ?? (string)(await later.ReadUntilAsync("id", Cancel))["id"]!;
        Assert.NotEqual(taken, rest);

        // it had printed the first one meanwhile, and says so
        await later.SendAsync($$"""{"id":"{{taken}}","state":"done"}""", Cancel);
        await UntilAsync(async () => (string?)(await JobAsync(id, taken))?["state"] == "done");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("[]")]
    [InlineData("""{"ack":7}""")]
    [InlineData("""{"id":"x","state":"done"}""")]
    [InlineData("""{"hello":true}""")]
    public async Task Terminal_ThatSaysWhatNobodyKnows_StaysConnected(string text)
    {
        var (_, token) = await api.NewTerminalAsync();
        await using var terminal = await ConnectAsync(token);
        await ShownAsync(terminal);

        await terminal.SendAsync(text, Cancel);

        await ShownAsync(terminal);
    }

    [Fact]
    public async Task Terminal_ThatSaysTooMuch_IsClosed()
    {
        var (_, token) = await api.NewTerminalAsync();
        await using var terminal = await ConnectAsync(token);
        await ShownAsync(terminal);

        await terminal.SendAsync(new string('x', 100_000), Cancel);

        await UntilAsync(async () =>
        {
            try
            {
                return await terminal.ReadAsync(Cancel) is null;
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                return true;
            }
        });
    }

    [Fact]
    public async Task Pin_TypedAtTheTerminal_CountsOnceForAMinuteAndABotsLookDoesNot()
    {
        var (_, token) = await api.NewTerminalAsync();
        var pin = await api.NewFileAsync();
        await using var terminal = await ConnectAsync(token);
        using var bot = await api.Anyone.GetAsync($"/print/file/{pin}".ToUri(), Cancel);
        using var typed = await terminal.AskAsync(pin.ToLowerInvariant(), Cancel);
        using var retried = await terminal.AskAsync(pin, Cancel);

        Assert.Equal(await bot.Content.ReadAsStringAsync(Cancel), await typed.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(await bot.Content.ReadAsStringAsync(Cancel), await retried.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Qr_WithoutAWebsocket_IsToldHow()
    {
        using var answer = await api.Anyone.GetAsync("/print/qr".ToUri(), Cancel);

        await PrintApi.IsErrorAsync(answer, HttpStatusCode.UpgradeRequired);
    }

    private static async Task<string> ShownAsync(WindowsTerminal terminal) => (string)(await terminal.ReadUntilAsync("qr_token", Cancel))["qr_token"]!;

    private static async Task ReadsNothingButTokensAsync(WindowsTerminal terminal, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            Assert.Equal(["qr_token"], (await terminal.ReadAsync(Cancel))!.AsObject().Select(member => member.Key));
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            Cancel.ThrowIfCancellationRequested();
        }
    }

    private Task<WindowsTerminal> ConnectAsync(string? token) => WindowsTerminal.ConnectAsync(api.Process.BaseAddress, token, Cancel);

    private async Task CommandAsync(string command, string token)
    {
        using var answer = await api.Admin.PostAsJsonAsync($"/admin/{command}".ToUri(), new { terminal_token = token }, Cancel);
        Assert.Equal("""{"status":"ok"}""", await answer.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<string> FindAsync(string token)
    {
        using var client = new HttpClient { BaseAddress = api.Process.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
        return (string)(await client.GetFromJsonAsync<JsonNode>("/auth/me".ToUri(), Cancel))!["id"]!;
    }

    private async Task<JsonNode?> JobAsync(string terminal, string job) =>
        (await api.SeeAsync(terminal))["jobs"]!.AsArray().FirstOrDefault(known => Guid.Parse((string)known!["id"]!) == Guid.Parse(job));
}
