using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

public sealed class ExitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitors_InAndOut_AreCountedOnEachPageUntilItIsFull()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        await door.LimitAsync(2, Token);
        var (_, ada) = await door.AddCertificateAsync("Ada Lovelace", Token);
        var (_, grace) = await door.AddCertificateAsync("Grace Hopper", Token);
        await using var north = await Phone.CreateAsync();
        await using var south = await Phone.CreateAsync();
        var (entrance, exit) = (await OpenAsync(north, await door.AddReaderAsync("Porte nord", Token, gate: "Nord")),
            await OpenAsync(south, await door.AddReaderAsync("Porte sud", Token, gate: "Sud", direction: "both")));

        await ScanAsync(entrance, ada, "first");
        await exit.ExpectTextAsync("#counter", "1 sur 2");
        await ScanAsync(entrance, grace, "first");
        await exit.ExpectTextAsync("#notices", "Capacité atteinte");
        await exit.PictureAsync("full");

        await south.Page.Locator("#direction-exit").ClickAsync();
        await ScanAsync(exit, ada, "left");
        await ScanAsync(exit, ada, "refused");
        await entrance.ExpectTextAsync("#counter", "1 sur 2");
        await Expect(south.Page.Locator("#notices")).Not.ToContainTextAsync("Capacité");
        await exit.PictureAsync("exit");

        // she comes back in; that was somebody else, so it is taken back
        await ScanAsync(entrance, ada, "first");
        await exit.ExpectTextAsync("#counter", "2 sur 2");
        await north.Page.Locator("#last-scan-undo").ClickAsync();
        await exit.ExpectTextAsync("#counter", "1 sur 2");
        await entrance.ExpectTextAsync("#notices", "Scan annulé");
        await ScanAsync(entrance, ada, "first");

        await south.Page.Locator("#counter").ClickAsync();
        await exit.ExpectTextAsync("#counter-body", "Nord");
        await exit.ExpectTextAsync("#counter-readers", "Porte nord");
        await exit.ExpectTextAsync("#counter-readers", "en contact");
        await exit.PictureAsync("gates");
        // what the staff sees of it
        await north.Page.GotoAsync(new Uri(api.BaseAddress, "/campaign/concert").ToString());
        await north.Page.Locator("#token").FillAsync(ApiProcess.AdminToken);
        await north.Page.Keyboard.PressAsync("Enter");
        await entrance.ExpectTextAsync("#inside", "2 à l’intérieur, 2 au plus");
        await entrance.ExpectTextAsync("#gates", "Sud");
        await Expect(north.Page.Locator("#chart svg title").First).ToContainTextAsync("1 sorties");
        var download = await north.Page.RunAndWaitForDownloadAsync(() => north.Page.Locator("#csv").ClickAsync());
        Assert.Equal("concert.csv", download.SuggestedFilename);
        await entrance.PictureAsync("campaign");

        var log = await door.ReadEventsAsync(Token);
        Assert.Equal(
            ["first", "first", "left", "absent", "first", "undone", "first"],
            log.Select(row => row.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Kiosk_Locked_ScansAloneAndOpensByItsCode()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, ada) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        var page = await OpenAsync(phone, await door.AddReaderAsync("Borne", Token));
        await phone.Page.Locator("#kiosk").ClickAsync();
        await phone.Page.Locator("#kiosk-code").FillAsync("4711");
        await page.PictureAsync("kiosk-lock");
        await phone.Page.Locator("#kiosk-submit").ClickAsync();
        await Expect(phone.Page.Locator("#tab-code")).Not.ToBeVisibleAsync();

        // a reload opens nothing, and an answer of any kind goes away by itself
        await phone.Page.ReloadAsync();
        await Expect(phone.Page.Locator("#app")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(phone.Page.Locator("#tab-code")).Not.ToBeVisibleAsync();
        await page.WaitUntilSynchronisedAsync();
        await page.ScanByWedgeAsync(ada);
        await page.ExpectAnswerAsync("first");
        await Expect(page.Answer).Not.ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.ScanByWedgeAsync(ada);
        await page.ExpectAnswerAsync("seen");
        await Expect(page.Answer).Not.ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.PictureAsync("kiosk");

        await phone.Page.Locator("#kiosk").ClickAsync();
        await phone.Page.Locator("#kiosk-code").FillAsync("0000");
        await phone.Page.Locator("#kiosk-submit").ClickAsync();
        await page.ExpectTextAsync("#kiosk-error", "pas le code");
        await phone.Page.Locator("#kiosk-code").FillAsync("4711");
        await phone.Page.Locator("#kiosk-submit").ClickAsync();
        await Expect(phone.Page.Locator("#tab-code")).ToBeVisibleAsync();
    }

    private static async Task<ReaderPage> OpenAsync(Phone phone, Uri address)
    {
        Film.Write(phone.FilmPath, new FilmedScene(null, 1));
        await phone.OpenAsync();
        var page = new ReaderPage(phone);
        await page.OpenAsync(address);
        await page.WaitUntilSynchronisedAsync();
        return page;
    }

    private static async Task ScanAsync(ReaderPage page, string code, string tone)
    {
        await page.ScanByWedgeAsync(code);
        await page.ExpectAnswerAsync(tone);
        await page.DismissAsync();
    }
}
