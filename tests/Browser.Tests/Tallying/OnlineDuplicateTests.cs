using System.Net.Http.Json;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

public sealed class OnlineDuplicateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecondReader_ToldSeenOnline_IsNoConflictForTheFirst()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        var (certificate, code) = await door.AddCertificateAsync("Ada Lovelace", Token);
        await using var north = await Phone.CreateAsync();
        await north.OpenAsync(cameras: 0);
        var northPage = new ReaderPage(north);
        await northPage.OpenAsync(await door.AddReaderAsync("Porte nord", Token));
        var southReader = await door.AddReaderAsync("Porte sud", Token);
        await northPage.ScanByWedgeAsync(code);
        await northPage.ExpectAnswerAsync("first");

        // A reader that has not heard of the first scan yet asks the server, as an old client does.
        using var client = api.CreateClient(admin: false);
        var body = new { events = new[] { new { certificate, @event = Guid.NewGuid(), timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() } } };
        using var answer = await client.PostAsJsonAsync($"/pointage/?uuid={southReader.Segments[^1]}", body, Token);
        answer.EnsureSuccessStatusCode();

        await north.Page.WaitForFunctionAsync(
            """
            () => new Promise((resolve, reject) => {
              const opening = indexedDB.open('actors');
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const all = opening.result.transaction('pointage').objectStore('pointage').getAll();
                all.onsuccess = () => { opening.result.close(); resolve(all.result.length === 2); };
              };
            })
            """);
        // The list is looked through within a second of any change; a synchronisation is one.
        await north.Page.EvaluateAsync("() => document.getElementById('sync').click()");
        await northPage.WaitUntilSynchronisedAsync();
        await Expect(northPage.Review).Not.ToBeVisibleAsync();
    }
}
