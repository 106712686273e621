using System.Globalization;
using System.Net;
using Actors.Bench.Support;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using Actors.TestKit.Relays;

namespace Actors.Bench.Gossip;

/// <summary>
/// Two pages in Chromium let the same person in while both are without a network; the first comes back, then the second.
/// From that moment on, when the double entry can be known at all, until each of them shows it.
/// </summary>
public static class DoubleEntry
{
    private const int Rounds = 30;

    public static async Task RunAsync()
    {
        await using var api = await ApiProcess.StartAsync(CancellationToken.None);
        using var door = await Door.OpenAsync(api, "bench", CancellationToken.None);
        await using var north = await DoorPage.OpenAsync(api, await door.AddReaderAsync("North", CancellationToken.None));
        await using var south = await DoorPage.OpenAsync(api, await door.AddReaderAsync("South", CancellationToken.None));
        var (onFirst, onSecond, onBoth) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            var (_, code) = await door.AddCertificateAsync($"Guest {round}", CancellationToken.None);
            DoorPage[] pages = round % 2 == 0 ? [north, south] : [south, north];
            foreach (var page in pages)
            {
                await page.LeaveAsync();
                await page.ScanAsync(code);
            }

            await pages[0].ComeBackAsync();
            await pages[0].UntilSentAsync();
            var back = await pages[1].ComeBackAsync();
            var shown = await Task.WhenAll(pages.Select(page => page.UntilShownAsync(round)));
            onFirst.Add(shown[0] - back);
            onSecond.Add(shown[1] - back);
            onBoth.Add(shown.Max() - back);
        }

        Console.WriteLine($"{Rounds} double entries, two pages in Chromium, each behind a relay that refuses; milliseconds from the network of the second being back.");
        Console.WriteLine();
        Console.WriteLine("| | p50 | p99 | longest |");
        Console.WriteLine("|---|---:|---:|---:|");
        Describe("shown on the page that was back before", onFirst);
        Describe("shown on the page that comes back", onSecond);
        Describe("shown on both", onBoth);
        await DoubleEntryPolls.RunAsync(api);
    }

    internal static void Describe(string what, IReadOnlyCollection<double> times)
    {
        var samples = Samples.Of(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {samples.Percentile(0.5):0} | {samples.Percentile(0.99):0} | {samples.Percentile(1):0} |"));
    }

    /// <summary>A reader's page whose network can go.</summary>
    private sealed class DoorPage(Phone phone, TcpRelay network) : IAsyncDisposable
    {
        public static async Task<DoorPage> OpenAsync(ApiProcess api, Uri address)
        {
            var network = TcpRelay.Start(new IPEndPoint(IPAddress.Loopback, api.BaseAddress.Port));
            var phone = await Phone.CreateAsync();
            await phone.OpenAsync(cameras: 0);
            await phone.Page.GotoAsync(new UriBuilder(address) { Host = "127.0.0.1", Port = network.Endpoint.Port }.ToString());
            await phone.Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
            await phone.Page.Locator(".status[data-stale=false]").WaitForAsync();
            return new(phone, network);
        }

        public async Task LeaveAsync()
        {
            network.Refuse();
            await phone.Browser.SetOfflineAsync(true);
        }

        /// <summary>Its network is back: when, in the milliseconds of this machine.</summary>
        public async Task<double> ComeBackAsync()
        {
            network.Heal();
            await phone.Page.EvaluateAsync("() => { window.backAt = 0; addEventListener('online', () => { window.backAt = Date.now(); }, { once: true, capture: true }); }");
            await phone.Browser.SetOfflineAsync(false);
            await phone.Page.WaitForFunctionAsync("() => window.backAt > 0");
            return await phone.Page.EvaluateAsync<double>("() => window.backAt");
        }

        /// <summary>Scans by a plugged-in scanner, and puts the answer away.</summary>
        public async Task ScanAsync(string code)
        {
            await phone.Page.EvaluateAsync(
                """
                typed => [...typed, 'Enter'].forEach((key, i) => {
                  const stroke = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
                  Object.defineProperty(stroke, 'timeStamp', { value: performance.now() + i });
                  document.body.dispatchEvent(stroke);
                })
                """,
                code);
            await phone.Page.Locator("#answer[open][data-tone=first][data-local=true]").WaitForAsync();
            await phone.Page.Locator("#answer-dismiss").ClickAsync();
        }

        public Task UntilSentAsync() => phone.Page.Locator("#pending", new() { HasText = "Tout est envoyé" }).WaitForAsync();

        /// <summary>Waits until so many double entries are on its screen: since when.</summary>
        public Task<double> UntilShownAsync(int count) => phone.Page.EvaluateAsync<double>(
            """
            count => new Promise(resolve => {
              const look = () => {
                const shown = Number(/\d+/.exec(document.getElementById('review').textContent)?.[0] ?? 0);
                if (shown >= count) resolve(Date.now());
                else requestAnimationFrame(look);
              };
              look();
            })
            """,
            count);

        public async ValueTask DisposeAsync()
        {
            await phone.DisposeAsync();
            network.Dispose();
        }
    }
}
