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
        var northAddress = await door.AddReaderAsync("Porte nord", Token);
        var southAddress = await door.AddReaderAsync("Porte sud", Token);
        await InstallAsync(north, northAddress);
        await InstallAsync(south, southAddress);

        await api.KillAsync();
        var northPage = await ScanOfflineAsync(north, northAddress, code);
        await northPage.PictureAsync("answer-offline");
        await north.CloseAsync();
        var southPage = await ScanOfflineAsync(south, southAddress, code);
        await southPage.StopCameraAsync();

        // A phone that was closed opens again without any server, with its scan still waiting.
        Film.Write(north.FilmPath, new FilmedScene(null, 1));
        await north.OpenAsync();
        northPage = new ReaderPage(north);
        await northPage.OpenAsync(northAddress);
        await northPage.ExpectTextAsync("#pending", "1 scan");
        await northPage.PictureAsync("reader-offline");

        await api.RestartAsync(Token);
        await Expect(northPage.Review).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(southPage.Review).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await northPage.OpenReviewAsync();
        await southPage.OpenReviewAsync();
        await northPage.ExpectTextAsync("#review-list", "Porte sud");
        await southPage.ExpectTextAsync("#review-list", "Porte nord");
        await northPage.PictureAsync("conflict-north");
        await southPage.PictureAsync("conflict-south");

        var events = await door.ReadEventsAsync(Token);
        var seen = events.Where(row => row.GetProperty("type").GetString() == "seen").ToList();
        Assert.Equal(2, seen.Count);
        Assert.All(seen, row => Assert.Equal(certificate, row.GetProperty("certificateId").GetString()));
        Assert.Single(seen, row => row.GetProperty("outcome").GetString() == "first");
    }

    [Fact]
    public async Task Server_KilledAfterScan_ScanIsSentAgainAndCountsOnce()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        Film.Write(phone.FilmPath, new(null, 1), new(code, 2));
        await phone.OpenAsync();
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token));

        await page.Answer.WaitForAsync();
        await api.KillAsync();
        await page.StopCameraAsync();
        await api.RestartAsync(Token);

        await Expect(page.Pending).ToContainTextAsync("Tout est envoyé", new() { Timeout = 60_000 });
        var events = await door.ReadEventsAsync(Token);
        Assert.Single(events, row => row.GetProperty("outcome").GetString() == "first");
        Assert.Equal(events.Count, events.Select(row => row.GetProperty("eventId").GetString()).Distinct().Count());
    }

    /// <summary>The first opening, with a network and nothing in front of the camera.</summary>
    private static async Task InstallAsync(Phone phone, Uri address)
    {
        Film.Write(phone.FilmPath, new FilmedScene(null, 1));
        await phone.OpenAsync();
        var page = new ReaderPage(phone);
        await page.OpenAsync(address);
        await page.WaitUntilInstalledAsync();
        await phone.CloseAsync();
    }

    private static async Task<ReaderPage> ScanOfflineAsync(Phone phone, Uri address, string code)
    {
        Film.Write(phone.FilmPath, new FilmedScene(code, 2));
        await phone.OpenAsync();
        var page = new ReaderPage(phone);
        await page.OpenAsync(address);
        await page.ExpectAnswerAsync("first");
        Assert.Equal("true", await page.Answer.GetAttributeAsync("data-local"));
        return page;
    }
}
