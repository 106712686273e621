using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Cluster;

public sealed class ClusterPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WithATokenOfAdmin_ShowsTheSiloAndForgetsTheTokenWhenLeft()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync("en-GB", cameras: 0);
        var page = phone.Page;
        await page.GotoAsync(new Uri(api.BaseAddress, "/cluster").ToString());

        await page.Locator("#token").FillAsync("act_not-a-token");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#token-error")).ToContainTextAsync("does not open this page");

        await page.Locator("#token").FillAsync(ApiProcess.AdminToken);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#summary")).ToHaveTextAsync("A single process, no cluster");
        await Expect(page.Locator(".silo")).ToContainTextAsync("campaign");

        await page.ReloadAsync();
        await Expect(page.Locator(".silo")).ToContainTextAsync("campaign");
        await page.Locator("#leave").ClickAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#token")).ToBeVisibleAsync();
        await Expect(page.Locator(".silo")).ToHaveCountAsync(0);
    }
}
