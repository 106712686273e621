using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Actors.Api.Tests.Support;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Printing;

/// <summary>Sheets of a month: held back while a job waits, charged when it is printed, given back when it is not.</summary>
public sealed class QuotaTests : IAsyncLifetime
{
    private ApiProcess _server = null!;
    private HttpClient _admin = null!;
    private HttpClient _anyone = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiProcess.StartAsync(CancellationToken.None, "--Print:MonthlySheets", "5");
        (_admin, _anyone) = (_server.CreateClient(), _server.CreateClient(admin: false));
        using var put = await _admin.PostAsJsonAsync("/print/is_union_member".ToUri(), new { users = new[] { new { username = "ADA", union_number = "7", student_number = (string?)null } } }, Cancel);
        put.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _anyone.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Jobs_BeyondTheSheetsOfAMonth_AreRefusedUntilSomeAreGivenBack()
    {
        var token = await NewTerminalAsync();
        await using var kiosk = await KioskPage.OpenAsync(_server, token);
        var pin = await NewFileAsync(pages: 4);
        var first = (string)(await kiosk.PrintAsync(pin))["id"]!;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => kiosk.PrintAsync(pin));
        Assert.Equal("quota_exceeded: 5 sheets a month are allowed, 1 are left", refused.Message);

        // failed: given back
        Assert.True(await kiosk.AcknowledgeAsync(first));
        await kiosk.ProgressAsync(first, "failed", reason: "jam");
        var second = (string)(await kiosk.PrintAsync(pin))["id"]!;

        // taken back: given back
        using var cancelled = await _anyone.DeleteAsync($"/api/print/files/{pin}/job".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.False(await kiosk.AcknowledgeAsync(second));
        var third = (string)(await kiosk.PrintAsync(pin))["id"]!;

        // printed: charged, also after a crash
        Assert.True(await kiosk.AcknowledgeAsync(third));
        await kiosk.ProgressAsync(third, "done", 4, 4);
        await _server.KillAsync();
        await _server.RestartAsync(Cancel, "--Print:MonthlySheets", "5");
        using var code = await TerminalAsync(token, HttpMethod.Get, $"/print/file/{pin}");
        Assert.Equal(HttpStatusCode.Forbidden, code.StatusCode);
        Assert.Equal("5 sheets a month are allowed", (string)(await code.ReadJsonAsync())["message"]!);

        using var one = await TerminalAsync(token, HttpMethod.Get, $"/print/file/{await NewFileAsync(pages: 1)}");
        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        using var more = await TerminalAsync(token, HttpMethod.Get, $"/print/file/{await NewFileAsync(pages: 1)}");
        Assert.Equal(HttpStatusCode.Forbidden, more.StatusCode);
    }

    private async Task<HttpResponseMessage> TerminalAsync(string token, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path.ToUri()) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        return await _anyone.SendAsync(request, Cancel);
    }

    private async Task<string> NewTerminalAsync()
    {
        using var made = await _admin.PostAsJsonAsync("/api/print/terminals".ToUri(), new { name = "Hall" }, Cancel);
        return (string)(await made.ReadJsonAsync())["token"]!;
    }

    private async Task<string> NewFileAsync(int pages)
    {
        using var registered = await _anyone.PostAsJsonAsync("/print/file".ToUri(), new { surname = "Ada", number = "7", filename = "a.pdf" }, Cancel);
        var pin = (string)(await registered.ReadJsonAsync())["pin"]!;
        using var part = new ByteArrayContent(PdfBuilder.Pages(pages)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/pdf") } };
        using var body = new MultipartFormDataContent { { part, "file", "a.pdf" } };
        using var uploaded = await _anyone.PostAsync($"/print/file/{pin}".ToUri(), body, Cancel);
        uploaded.EnsureSuccessStatusCode();
        return pin;
    }
}
