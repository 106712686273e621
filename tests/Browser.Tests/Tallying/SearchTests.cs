using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

public sealed class SearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScannedMeanwhile_AppearsInTheOpenList_AndIsCheckedByKeyboard()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(cameras: 0);
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token));
        await phone.Page.Locator("#tab-search").ClickAsync();
        await phone.Page.Locator("#search").FillAsync("love");
        await page.ExpectTextAsync("#search-status", "ne connaît encore aucun certificat");

        await page.ScanByWedgeAsync(code);
        await page.ExpectAnswerAsync("first");
        await phone.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Answer).Not.ToBeVisibleAsync();
        await page.ExpectTextAsync("#search-results", "Ada Lovelace");

        await phone.Page.Locator("#search").FocusAsync();
        await phone.Page.Keyboard.PressAsync("Tab");
        await Expect(phone.Page.Locator("#search-results button")).ToBeFocusedAsync();
        await phone.Page.Keyboard.PressAsync("Enter");
        await page.ExpectAnswerAsync("seen");
        await page.PictureAsync("answer-seen-by-name");
        await phone.Page.Keyboard.PressAsync("Escape");
        await Expect(phone.Page.Locator("#search-results button")).ToBeFocusedAsync();
    }
}
