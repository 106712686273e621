using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

public sealed class OfflineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoReaders_BothScanOffline_BothAreToldOnceBack()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (certificate, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var north = await Phone.CreateAsync();
        await using var south = await Phone.CreateAsync();
        var northPage = await InstallAsync(north, await door.AddReaderAsync("Porte nord", Token), code);
        var southPage = await InstallAsync(south, await door.AddReaderAsync("Porte sud", Token), code);

        await api.KillAsync();
        await ScanOfflineAsync(northPage);
        await ScanOfflineAsync(southPage);
        await northPage.PictureAsync("answer-offline");

        // A phone that was closed opens again without any server, with its scan still waiting.
        var address = north.Page.Url;
        await north.CloseAsync();
        await north.OpenAsync();
        await northPage.OpenAsync(new Uri(address));
        await northPage.ExpectTextAsync("#pending", "1");
        await northPage.PictureAsync("reader-offline");

        await api.RestartAsync(Token);
        await Expect(northPage.Review).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(southPage.Review).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await northPage.PictureAsync("conflict-north");
        await southPage.PictureAsync("conflict-south");

        var events = await door.ReadEventsAsync(Token);
        var seen = events.Where(row => row.GetProperty("type").GetString() == "seen").ToList();
        Assert.Equal(2, seen.Count);
        Assert.All(seen, row => Assert.Equal(certificate, row.GetProperty("certificateId").GetString()));
        Assert.Single(seen, row => row.GetProperty("outcome").GetString() == "first");
    }

    [Fact]
    public async Task Server_KilledDuringSync_ScanIsSentAgainAndCountsOnce()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        var page = await InstallAsync(phone, await door.AddReaderAsync("Porte nord", Token), code);

        await page.StartCameraAsync();
        await page.Answer.WaitForAsync();
        await api.KillAsync();
        await page.StopCameraAsync();
        await api.RestartAsync(Token);

        await Expect(page.Pending).ToContainTextAsync("Tout est envoyé", new() { Timeout = 60_000 });
        var seen = Assert.Single(await door.ReadEventsAsync(Token));
        Assert.Equal("first", seen.GetProperty("outcome").GetString());
    }

    private static async Task<ReaderPage> InstallAsync(Phone phone, Uri address, string code)
    {
        Film.Write(phone.FilmPath, new FilmedScene(code, 2));
        await phone.OpenAsync();
        var page = new ReaderPage(phone);
        await page.OpenAsync(address);
        await page.WaitUntilInstalledAsync();
        return page;
    }

    private static async Task ScanOfflineAsync(ReaderPage page)
    {
        await page.StartCameraAsync();
        await page.ExpectAnswerAsync("first");
        Assert.Equal("true", await page.Answer.GetAttributeAsync("data-local"));
        await page.Answer.ClickAsync();
        await page.StopCameraAsync();
    }
}
