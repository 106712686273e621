using Actors.TestKit.Notifications;
using Actors.TestKit.Phones;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Notifications;

/// <summary>The page of a user's notifications on a phone, and its service worker.</summary>
public sealed class NotificationPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private const int TriesPerDelivery = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task User_SubscribesByAClick_IsShownWhatIsPushed_AndItDisappearsOnceRead()
    {
        await using var portal = await Portal.StartAsync();
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync("fr-FR");
        using var device = portal.Service.Subscribe();
        var push = await BrowserPush.OnAsync(phone, portal.Api.BaseAddress, device);
        var page = phone.Page;
        await page.GotoAsync(await portal.PageOfAsync("ada"));

        await Expect(page.Locator("#push-words")).ToContainTextAsync("Recevez vos notifications");
        Assert.DoesNotContain("token", page.Url, StringComparison.Ordinal);
        await phone.PictureAsync("notifications-before");
        await page.GetByRole(AriaRole.Button, new() { Name = "Activer les notifications" }).ClickAsync();
        await Expect(page.Locator("#push-words")).ToHaveTextAsync("Cet appareil reçoit vos notifications.");
        await Expect(page.Locator("#device-items h3")).ToContainTextAsync(["(cet appareil)"]);

        var id = await portal.SendAsync(new { user = "ada", origin = "permis", summary = "Votre permis est prêt", body = "Apportez une pièce d’identité.", url = "https://portal.example.org/4711", locale = "fr" });
        await DeliverAsync(phone, push, await portal.Service.NextAsync(Token), shown => shown.Length > 0);
        Assert.Equal([$"Votre permis est prêt|Apportez une pièce d’identité.|{id}"], await BrowserPush.ShownAsync(phone));
        await Expect(page.Locator("#list-title")).ToHaveTextAsync("1 notification nouvelle");
        await Expect(page.Locator("#items h3")).ToHaveTextAsync(["Votre permis est prêt"]);
        Assert.Equal("(1) Notifications", await page.TitleAsync());
        await page.Locator("#device-items").GetByRole(AriaRole.Button, new() { Name = "Essayer" }).ClickAsync();
        await DeliverAsync(phone, push, await portal.Service.NextAsync(Token), shown => shown.Length == 2);
        await Expect(page.Locator("#device-items .help")).ToHaveTextAsync(["L’appareil l’affiche."]);
        await phone.PictureAsync("notifications-list");

        await page.GetByRole(AriaRole.Button, new() { Name = "J’ai lu: Votre permis est prêt" }).ClickAsync();
        await DeliverAsync(phone, push, await portal.Service.NextAsync(Token), shown => !shown.Any(text => text.EndsWith(id, StringComparison.Ordinal)));
        await Expect(page.Locator("#items h3")).ToHaveTextAsync(["Essai"]);
        await page.Locator("#language").ClickAsync();
        await page.Locator("#show-all").ClickAsync();
        await Expect(page.Locator("#list-title")).ToHaveTextAsync("1 new notification");
        await Expect(page.Locator("#items li")).ToHaveCountAsync(2);

        await page.Locator("#push-off").ClickAsync();
        await Expect(page.Locator("#no-devices")).ToBeVisibleAsync();
        await Expect(page.Locator("#push-on")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pushed_WithoutANetwork_TellsTheServerLater()
    {
        await using var portal = await Portal.StartAsync();
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync("en-GB");
        using var device = portal.Service.Subscribe();
        var push = await BrowserPush.OnAsync(phone, portal.Api.BaseAddress, device);
        await phone.Page.GotoAsync(await portal.PageOfAsync("ada"));
        await phone.Page.Locator("#push-on").ClickAsync();
        await Expect(phone.Page.Locator("#device-items h3")).ToHaveCountAsync(1);
        var id = await portal.SendAsync(new { user = "ada", origin = "permits", summary = "Ready" });
        var message = await portal.Service.NextAsync(Token);
        await Expect(phone.Page.Locator("#items h3")).ToHaveTextAsync(["Ready"]);

        // the server is gone while the push arrives
        await portal.Api.KillAsync();
        await DeliverAsync(phone, push, message, shown => shown.Length == 1);
        await UntilAsync(async () => await phone.Page.EvaluateAsync<int>(
            "() => new Promise((resolve) => { indexedDB.open('actors-push').onsuccess = ({ target }) => { target.result.transaction('outbox').objectStore('outbox').count().onsuccess = (event) => resolve(event.target.result); }; })") > 0);
        await portal.Api.RestartAsync(Token, "--Push:AllowPrivateEndpoints=true");
        await phone.Page.ReloadAsync();

        using var http = portal.Api.CreateClient();
        await UntilAsync(async () => (await http.GetStringAsync(new Uri($"/api/notifications/{id}", UriKind.Relative), Token)).Contains("\"shown\":\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_WithoutAToken_OrWithOneThatIsOver_SaysWhereToGo()
    {
        await using var portal = await Portal.StartAsync();
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync("en-GB");

        await phone.Page.GotoAsync(new Uri(portal.Api.BaseAddress, "/notifications").AbsoluteUri);
        await Expect(phone.Page.Locator("#problem")).ToContainTextAsync("Open this page from your portal");
        await phone.Page.GotoAsync("about:blank");
        await phone.Page.GotoAsync(new Uri(portal.Api.BaseAddress, "/notifications#token=usr_AAAA.AAAA").AbsoluteUri);
        await Expect(phone.Page.Locator("#problem")).ToContainTextAsync("Your session is over");
        await phone.PictureAsync("notifications-over");
    }

    /// <summary>Delivers until the browser shows what it should: the developer tools drop a push that finds the worker busy, which a push service says again.</summary>
    private static async Task DeliverAsync(Phone phone, BrowserPush push, PushedMessage message, Predicate<string[]> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var tries = 0; ; tries++)
        {
            if (tries % TriesPerDelivery == 0)
            {
                await push.DeliverAsync(message);
            }

            var shown = await BrowserPush.ShownAsync(phone);
            if (holds(shown))
            {
                return;
            }

            var worker = patience.IsCancellationRequested ? await BrowserPush.StateAsync(phone) : "";
            Assert.False(patience.IsCancellationRequested, $"{string.Join("; ", shown)}\n{worker}\n{string.Join('\n', phone.Diary)}");
            await Task.Delay(Pause, TimeProvider.System, Token);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (!await holds())
        {
            await Task.Delay(Pause, TimeProvider.System, patience.Token);
        }
    }
}
