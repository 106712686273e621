using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Printing;

public sealed partial class KioskPageTests
{
    private const float PatienceMs = 120_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kiosk_PairedByTheStaff_ShowsWhatIsPrintedByPin()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var admin = api.CreateClient();
        var pin = await NewFileAsync(admin, pages: 3, options: new { pages = "3,1,1" });
        await using var kiosk = await Phone.CreateAsync();
        await kiosk.OpenAsync("en-GB");
        await kiosk.Page.SetViewportSizeAsync(1080, 1920);
        await kiosk.Page.GotoAsync(new Uri(api.BaseAddress, "/terminal#simulate").ToString());
        await Expect(kiosk.Page.Locator("#pairing-code")).ToHaveTextAsync(Code(), new() { Timeout = PatienceMs });
        using var confirmed = await admin.PostAsJsonAsync("/api/print/terminals/pair", new { code = await kiosk.Page.Locator("#pairing-code").InnerTextAsync(), name = "Hall" }, Token);
        confirmed.EnsureSuccessStatusCode();

        await Expect(kiosk.Page.Locator("#name")).ToHaveTextAsync("Hall", new() { Timeout = PatienceMs });
        await Expect(kiosk.Page.Locator("#connection")).ToHaveAttributeAsync("data-state", "connected", new() { Timeout = PatienceMs });
        await kiosk.Page.Keyboard.TypeAsync(pin.ToLowerInvariant());
        await kiosk.Page.Keyboard.PressAsync("Enter");

        await Expect(kiosk.Page.Locator("#tray-sheets > li")).ToHaveCountAsync(3, new() { Timeout = PatienceMs });
        await UntilStateAsync(admin, pin, "done");
    }

    [Fact]
    public async Task Kiosk_StartedAsOnAMachineOfItsOwn_PrintsWithoutADialogAndObeys()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var admin = api.CreateClient();
        var pin = await NewFileAsync(admin, pages: 4, options: new { pages = "4,2", copies = 2 });
        using var made = await admin.PostAsJsonAsync("/api/print/terminals", new { name = "Hall" }, Token);
        var terminal = await made.Content.ReadFromJsonAsync<JsonElement>(Token);
        var token = terminal.GetProperty("token").GetString()!;
        await QueueAsync(api, admin, token, pin);

        await using var kiosk = new KioskProcess(api.BaseAddress, token);
        await UntilStateAsync(admin, pin, "done", () => kiosk.Output);
        await UntilAsync(() => Task.FromResult(kiosk.Printed.Count == 1), () => "nothing came out of the printer");
        var paper = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(kiosk.Printed[0], Token));
        Assert.Equal(4, Pages().Count(paper));

        using var sent = await admin.PostAsJsonAsync($"/api/print/terminals/{terminal.GetProperty("id").GetString()}/commands", new { command = "reboot" }, Token);
        sent.EnsureSuccessStatusCode();
        await UntilAsync(() => Task.FromResult(File.Exists(kiosk.Rebooted)), () => $"the machine was not restarted: {kiosk.Output}");
    }

    /// <summary>A job that waits for the terminal, printed by a code that it showed.</summary>
    private static async Task QueueAsync(ApiProcess api, HttpClient client, string token, string pin)
    {
        await using var before = await WindowsTerminal.ConnectAsync(api.BaseAddress, token, Token);
        var code = (string)(await before.ReadUntilAsync("qr_token", Token))["qr_token"]!;
        using var printed = await client.PostAsJsonAsync("/print/qr", new { qr_token = code, files = new[] { pin } }, Token);
        printed.EnsureSuccessStatusCode();
    }

    private static async Task<string> NewFileAsync(HttpClient admin, int pages, object options)
    {
        using var put = await admin.PostAsJsonAsync("/print/is_union_member", new { users = new[] { new { username = "ADA", union_number = "1815", student_number = (string?)null } } }, Token);
        put.EnsureSuccessStatusCode();
        using var registered = await admin.PostAsJsonAsync("/print/file", new { surname = "Ada", number = "1815", filename = "a.pdf", options }, Token);
        var pin = (await registered.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("pin").GetString()!;
        using var part = new ByteArrayContent(PdfBuilder.Pages(pages)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/pdf") } };
        using var body = new MultipartFormDataContent { { part, "file", "a.pdf" } };
        using var uploaded = await admin.PostAsync($"/print/file/{pin}", body, Token);
        uploaded.EnsureSuccessStatusCode();
        return pin;
    }

    private static async Task UntilStateAsync(HttpClient client, string pin, string state, Func<string>? more = null)
    {
        var job = default(JsonElement);
        await UntilAsync(
            async () =>
            {
                var file = await client.GetFromJsonAsync<JsonElement>($"/api/print/files/{pin}", Token);
                job = file.GetProperty("job").Clone();
                return job.ValueKind is JsonValueKind.Object && job.GetProperty("state").GetString() == state;
            },
            () => $"the job is not {state} but {job}\n{more?.Invoke()}");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Token);
        late.CancelAfter(Patience);
        while (!await condition())
        {
            Assert.False(late.IsCancellationRequested, late.IsCancellationRequested ? otherwise() : "");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Token);
        }
    }

    // as the browser understands it
    [GeneratedRegex("^[0-9A-Z]{4}-[0-9A-Z]{4}$", RegexOptions.None, 1_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"/Type\s*/Page[^s]", RegexOptions.NonBacktracking)]
    private static partial Regex Pages();
}
