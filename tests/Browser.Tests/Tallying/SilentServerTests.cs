using Actors.TestKit.Phones;
using Actors.TestKit.Processes;

namespace Actors.Browser.Tests.Tallying;

public sealed class SilentServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_StaysSilent_ScanIsNotConfirmedAndRecognisedLater()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (_, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(cameras: 0);
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token));
        await page.WaitUntilSynchronisedAsync();

        await api.FreezeAsync();
        await page.ScanByWedgeAsync(code);
        await page.ExpectAnswerAsync("unconfirmed");
        await page.PictureAsync("answer-unconfirmed");
        await api.ThawAsync();
        // The answer that comes late takes the place of the question.
        await page.ExpectAnswerAsync("first");
        await page.ExpectTextAsync("#answer-reason", "votre scan");

        var events = await door.ReadEventsAsync(Token);
        Assert.Single(events);
        Assert.Equal("first", events[0].GetProperty("outcome").GetString());
    }
}
