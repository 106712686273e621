using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

public sealed class UpdateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewVersion_WhileScanning_IsOfferedAndReloadsOnlyWhenAgreed()
    {
        await using var api = await ApiProcess.StartCopyAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(cameras: 0);
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token));
        await page.WaitUntilInstalledAsync();
        await phone.Page.EvaluateAsync("() => { globalThis.sameDocument = true; }");

        await File.AppendAllTextAsync(Path.Combine(api.ProgramPath, "wwwroot", "sw.js"), "\n// a newer version", Token);
        await phone.Page.EvaluateAsync("async () => { await (await navigator.serviceWorker.ready).update(); }");
        var notice = phone.Page.Locator("[data-notice=update]");
        await Expect(notice).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.PictureAsync("update");
        await page.ScanByWedgeAsync(code);
        await page.ExpectAnswerAsync("first");
        Assert.True(await phone.Page.EvaluateAsync<bool>("() => globalThis.sameDocument === true"));
        await page.DismissAsync();

        await notice.Locator("button").ClickAsync();
        await phone.Page.WaitForFunctionAsync("() => globalThis.sameDocument !== true && navigator.serviceWorker.controller !== null");
        await Expect(phone.Page.Locator("#app")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(notice).Not.ToBeVisibleAsync();
    }
}
