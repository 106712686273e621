using Actors.TestKit.Phones;
using Actors.TestKit.Processes;

namespace Actors.Browser.Tests.Tallying;

public sealed class ScanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Camera_FilmsCertificateTwice_SaysFirstThenSeen()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        Film.Write(phone.FilmPath, new(null, 1), new(code, 2), new(null, 3));
        await phone.OpenAsync();
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token, "seat"));
        await page.ExpectTextAsync("#reader-name", "Porte nord");
        await page.PictureAsync("reader-ready");
        await page.ExpectAnswerAsync("first");
        await page.ExpectTextAsync("#answer-name", "Ada Lovelace");
        await page.ExpectTextAsync("#answer-metadata", "A 12");
        await page.PictureAsync("answer-first");

        await page.ExpectAnswerAsync("seen");
        await page.PictureAsync("answer-seen");
        var events = await door.ReadEventsAsync(Token);
        Assert.Equal("first", events[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Camera_FilmsCodeOfAnotherCampaign_Refuses()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var elsewhere = await Door.OpenAsync(api, "elsewhere", Token);
        var (_, foreign) = await elsewhere.AddCertificateAsync("Mallory", Token);

        await RefusesAsync(api, foreign, "foreign");
    }

    [Fact]
    public async Task Camera_FilmsForgedCode_Refuses()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, code) = await door.AddCertificateAsync("Ada Lovelace", Token);

        // The last characters are the signature's.
        var forged = code[..^6] + (code[^6] == '0' ? '1' : '0') + code[^5..];
        await RefusesAsync(api, forged, "forged");
    }

    private static async Task RefusesAsync(ApiProcess api, string code, string reason)
    {
        using var door = await Door.OpenAsync(api, "concert", Token);
        await using var phone = await Phone.CreateAsync();
        Film.Write(phone.FilmPath, new FilmedScene(code, 2));
        await phone.OpenAsync();
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token));
        await page.ExpectAnswerAsync("refused");
        Assert.Equal(reason, await page.Answer.GetAttributeAsync("data-reason"));
        await page.PictureAsync("answer-" + reason);
        Assert.DoesNotContain(await door.ReadEventsAsync(Token), seen => seen.GetProperty("outcome").GetString() == "first");
    }
}
