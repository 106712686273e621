using System.Text.Json;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;

namespace Actors.Browser.Tests.Tallying;

public sealed class BackgroundSyncTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScannedOffline_PageClosedBeforeTheNetworkIsBack_TheWorkerSendsIt()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (certificate, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(cameras: 0);
        var page = new ReaderPage(phone);
        await page.OpenAsync(await door.AddReaderAsync("Porte nord", Token));
        await page.WaitUntilInstalledAsync();
        await page.WaitUntilSynchronisedAsync();
        await api.KillAsync();
        await page.ScanByWedgeAsync(code);
        await page.ExpectAnswerAsync("first");
        await page.ExpectTextAsync("#pending", "1 scan");

        var empty = await phone.Browser.NewPageAsync();
        var worker = await ServiceWorkerControls.AttachAsync(phone.Browser, empty);
        await phone.Page.CloseAsync();
        await api.RestartAsync(Token);
        await worker.DispatchSyncAsync(api.BaseAddress, "tally-outbox");

        var seen = await WaitForEventAsync(door);
        Assert.Equal(certificate, seen.GetProperty("certificateId").GetString());
        Assert.Equal("first", seen.GetProperty("outcome").GetString());
    }

    private static async Task<JsonElement> WaitForEventAsync(Door door)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(4));
        while (true)
        {
            if (await door.ReadEventsAsync(patience.Token) is [var seen, ..])
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
