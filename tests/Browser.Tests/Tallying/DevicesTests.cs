using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

public sealed class DevicesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneCameraWithoutLight_OffersNeitherSwitchNorLight()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        await using var phone = await Phone.CreateAsync();
        Film.Write(phone.FilmPath, new FilmedScene(null, 1));
        await phone.OpenAsync();
        await OpenReaderAsync(api, phone);

        await Expect(phone.Page.Locator("#stop")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(phone.Page.Locator("#torch")).Not.ToBeVisibleAsync();
        await Expect(phone.Page.Locator("#switch")).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task TwoCameras_SwitchFilmsWithTheOther()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(cameras: 2);
        await OpenReaderAsync(api, phone);

        await Expect(phone.Page.Locator("#switch")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        var before = await CameraAsync(phone);
        await phone.Page.Locator("#switch").ClickAsync();
        await phone.Page.WaitForFunctionAsync(
            "before => { const id = document.getElementById('video').srcObject?.getVideoTracks()[0]?.getSettings().deviceId; return id && id !== before; }",
            before);
        await Expect(phone.Page.Locator("#stop")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task NoCamera_SaysSoAndWhatElseWorks()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(cameras: 0);
        var page = await OpenReaderAsync(api, phone);

        await phone.Page.Locator("#start").ClickAsync();
        await page.ExpectTextAsync("#camera-message", "caméra");
        await page.PictureAsync("no-camera");
    }

    private static async Task<ReaderPage> OpenReaderAsync(ApiProcess api, Phone phone)
    {
        using var door = await Door.OpenAsync(api, "concert", Token);
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token));
        return page;
    }

    private static Task<string> CameraAsync(Phone phone) =>
        phone.Page.EvaluateAsync<string>("() => document.getElementById('video').srcObject.getVideoTracks()[0].getSettings().deviceId");
}
