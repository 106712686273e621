using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Printing;

public sealed class PrintPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_SentFromAPhoneAndPrintedByATypedCode_IsFollowedUntilItIsPrinted()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        var token = await PrepareAsync(api);
        await using var phone = await Phone.CreateAsync();
        var page = await OpenAsync(phone, api);
        await page.PictureAsync("print-empty");
        await page.FillOwnerAsync("ivanov", "1015000");
        await page.ChooseAsync(("essay.pdf", PdfBuilder.Pages(12)));
        await Expect(page.Pins).ToHaveCountAsync(1);
        Assert.Equal(6, (await page.Pins.InnerTextAsync()).Length);
        await page.ExpectAsync("#known-owner", "ivanov · 1015000");
        await page.ExpectAsync(".expiry", "in 6 days");
        await page.ExpectAsync("#selection-words", "Sheets: 12");

        await page.OpenOptionsAsync();
        await page.SetPagesAsync("5-1");
        await page.ExpectAsync(".file .problem", "Write them like 1-5, 8");
        await page.SetPagesAsync("1-4,2,13");
        await page.ExpectAsync(".file .problem", "it has 12");
        await page.SetPagesAsync("1-4, 2, 12");
        await phone.Page.GetByLabel("On both sides").CheckAsync();
        await page.ExpectAsync("#selection-words", "Sheets: 3");
        await page.PictureAsync("print-options");

        await using var terminal = await WindowsTerminal.ConnectAsync(api.BaseAddress, token, Token);
        await terminal.SendAsync("""{"hello":{"ack":true,"progress":true}}""", Token);
        var code = (string)(await terminal.ReadUntilAsync("qr_token", Token))["qr_token"]!;
        await page.PrintAsync("NOCODE");
        await page.ExpectAsync("#print-problem", "changes every half minute");
        await page.PictureAsync("print-dialog");
        await page.RetypeAsync($" {code[..3].ToLowerInvariant()}-{code[3..]}");
        var job = await terminal.ReadUntilAsync("files", Token);
        Assert.Equal("""{"pages":"1-4,2,12","copies":1,"two_sided":true}""", job["files"]![0]!["options"]!.ToJsonString());
        await page.ExpectAsync(".job", "Sent to Hall");
        await page.PictureAsync("print-queued");

        var id = (string)job["id"]!;
        await terminal.SendAsync(Message(new { ack = id }), Token);
        await terminal.SendAsync(Message(new { id, state = "printing", sheet = 2, of = 3 }), Token);
        await page.ExpectAsync(".job", "Hall is printing: sheet 2 of 3");
        await terminal.SendAsync(Message(new { id, state = "stopped", reason = "paper-out" }), Token);
        await page.ExpectAsync(".job", "Hall has stopped: no paper");
        await page.PictureAsync("print-stopped");
        await terminal.SendAsync(Message(new { id, state = "done" }), Token);
        await page.ExpectAsync(".job", "Printed at Hall");

        await phone.Page.ReloadAsync();
        await page.ExpectAsync(".job", "Printed at Hall");
        await page.ExpectAsync(".name", "essay.pdf");
    }

    [Fact]
    public async Task File_ThatCannotBePrinted_SaysWhatToDo()
    {
        await using var api = await ApiProcess.StartAsync(Token, "--Print:MAX_PAGE_COUNT", "5");
        await PrepareAsync(api);
        await using var phone = await Phone.CreateAsync();
        var page = await OpenAsync(phone, api);

        await page.ChooseAsync(("a.pdf", PdfBuilder.Pages(1)));
        await page.ExpectAsync("#owner-problem", "Fill in your surname");
        await page.FillOwnerAsync("Petrov", "1");
        await page.ChooseAsync(("a.pdf", PdfBuilder.Pages(1)));
        await page.ExpectAsync(".file .problem", "No union member with this surname");
        await page.FillOwnerAsync("Ivanov", "1015000");
        await page.TryAgainAsync();
        await Expect(page.Pins).ToHaveCountAsync(1);
        await Expect(page.Pins.First).Not.ToBeEmptyAsync();

        await page.ChooseAsync(("letter.docx", "PK"u8.ToArray()));
        await page.ExpectFirstAsync(".problem", "Only PDF files");
        await page.ChooseAsync(("locked.pdf", PdfBuilder.Encrypted()));
        await page.ExpectFirstAsync(".problem", "damaged or has a password");
        await page.ChooseAsync(("broken.pdf", "%PDF-1.4 no"u8.ToArray()));
        await page.ExpectFirstAsync(".problem", "damaged or has a password");
        await page.PictureAsync("print-refused");
        await page.ChooseAsync(("long.pdf", PdfBuilder.Pages(12)));
        await page.ExpectFirstAsync(".problem", "more than 5 sheets");
        await page.OpenOptionsAsync();
        await page.SetPagesAsync("1-3");
        await page.TryAgainAsync();
        await page.ExpectFirstAsync("summary", "Sheets of paper: 3");
    }

    [Fact]
    public async Task Files_PrintedByTheCamera_AreTakenBackAndDeleted()
    {
        await using var api = await ApiProcess.StartAsync(Token, "--Print:QR_TOKEN_TTL", "300");
        var token = await PrepareAsync(api);
        await using var terminal = await WindowsTerminal.ConnectAsync(api.BaseAddress, token, Token);
        await terminal.SendAsync("""{"hello":{"ack":true,"progress":true}}""", Token);
        var code = (string)(await terminal.ReadUntilAsync("qr_token", Token))["qr_token"]!;
        await using var phone = await Phone.CreateAsync();
        Film.Write(phone.FilmPath, new FilmedScene(code, 3));
        var page = await OpenAsync(phone, api, "ru-RU", cameras: 1);
        phone.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.FillOwnerAsync("Ivanov", "1015000");
        await page.ChooseAsync(("реферат.pdf", PdfBuilder.Pages(14)), ("план.pdf", PdfBuilder.Pages(1)));
        await page.ExpectAsync("#selection-words", "Листов: 15");
        await page.PictureAsync("print-russian");

        await phone.Page.Locator(".file:last-child summary").ClickAsync();
        var pages = phone.Page.Locator(".file:last-child .thumbnail");
        await Expect(pages).ToHaveCountAsync(12);
        await Expect(pages.Last.Locator("canvas")).ToBeVisibleAsync();
        await pages.Nth(1).ClickAsync();
        await phone.Page.Locator(".file:last-child").GetByText("Следующие страницы").ClickAsync();
        await Expect(pages).ToHaveCountAsync(2);
        await pages.Last.ClickAsync();
        await page.ExpectAsync("#selection-words", "Листов: 13");
        await phone.Page.Locator(".file:last-child").GetByText("Предыдущие страницы").ClickAsync();
        await Expect(pages.Last.Locator("canvas")).ToBeVisibleAsync();
        await pages.First.ScrollIntoViewIfNeededAsync();
        await page.PictureAsync("print-preview");

        await phone.Page.Locator("#print-now").ClickAsync();
        await page.PictureAsync("print-scan");
        var job = await terminal.ReadUntilAsync("files", Token);
        Assert.Equal(["", "1,3-13"], job["files"]!.AsArray().Select(file => (string)file!["options"]!["pages"]!).Order());
        await page.ExpectAsync(".file:first-child .job", "Сейчас начнётся");
        await phone.Page.Locator(".file:first-child").GetByText("Отменить печать").ClickAsync();
        await page.ExpectAsync(".file:first-child .job", "Отменено, ничего не печатается");

        await phone.Page.Locator(".file:first-child").GetByText("Удалить").ClickAsync();
        await Expect(phone.Page.Locator(".file")).ToHaveCountAsync(1);
        await phone.Page.Locator("#forget").ClickAsync();
        await Expect(phone.Page.Locator("#owner")).ToBeVisibleAsync();
        await Expect(phone.Page.Locator(".file")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task File_DroppedOnAPageOpenedByTheTerminalsLink_IsPrintedThereInOneTouch()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        var token = await PrepareAsync(api);
        await using var terminal = await WindowsTerminal.ConnectAsync(api.BaseAddress, token, Token);
        var code = (string)(await terminal.ReadUntilAsync("qr_token", Token))["qr_token"]!;
        await using var phone = await Phone.CreateAsync();
        var page = await OpenAsync(phone, api, "fr-FR", path: $"/print#qr={code}");
        await page.ExpectAsync("#linked", "Le code du terminal est là");
        await page.FillOwnerAsync("Ivanov", "1015000");
        await page.DropAsync("mémoire.pdf", PdfBuilder.Pages(2));
        await page.ExpectAsync("#selection-words", "Feuilles : 2");
        await page.PictureAsync("print-french");

        await phone.Page.Locator("#print-now").ClickAsync();
        await phone.Page.Keyboard.PressAsync("Tab");
        await phone.Page.Keyboard.PressAsync("Enter");
        var job = await terminal.ReadUntilAsync("files", Token);
        Assert.Single(await terminal.FetchAsync(job, Token));
        await Expect(phone.Page.Locator("#linked")).ToBeHiddenAsync();
        await page.ExpectAsync(".job", "Hall");
    }

    private static async Task<PrintPage> OpenAsync(Phone phone, ApiProcess api, string language = "en-GB", int cameras = 0, string path = "/print")
    {
        await phone.OpenAsync(language, cameras);
        await phone.Page.SetViewportSizeAsync(360, 800);
        var page = new PrintPage(phone);
        await page.OpenAsync(new Uri(api.BaseAddress, path));
        return page;
    }

    /// <summary>A member and a terminal, whose token is returned.</summary>
    private static async Task<string> PrepareAsync(ApiProcess api)
    {
        using var client = api.CreateClient();
        using var members = await client.PostAsJsonAsync(
            "/print/is_union_member", new { users = new[] { new { username = "Ivanov", union_number = "1015000", student_number = (string?)null } } }, Token);
        members.EnsureSuccessStatusCode();
        using var terminal = await client.PostAsJsonAsync("/api/print/terminals", new { name = "Hall" }, Token);
        terminal.EnsureSuccessStatusCode();
        return (await terminal.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("token").GetString()!;
    }

    private static string Message(object message) => JsonSerializer.Serialize(message);
}
