using Actors.TestKit.Phones;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

/// <summary>The reader page as a person at the door uses it.</summary>
public sealed class ReaderPage(Phone phone)
{
    private const float PatienceMs = 30_000;

    private IPage Page => phone.Page;

    /// <summary>The full-screen answer.</summary>
    public ILocator Answer => Page.Locator("#answer[open]");

    /// <summary>What needs a person's look, with its count.</summary>
    public ILocator Review => Page.Locator("#review");

    /// <summary>How much is not sent yet.</summary>
    public ILocator Pending => Page.Locator("#pending");

    /// <summary>Opens the reader and waits until it can be used.</summary>
    public async Task OpenAsync(Uri address)
    {
        await Page.GotoAsync(address.ToString());
        await Expect(Page.Locator("#app")).ToBeVisibleAsync(new() { Timeout = PatienceMs });
    }

    /// <summary>Waits until the page would open without a network.</summary>
    public async Task WaitUntilInstalledAsync()
    {
        await Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => null)");
        await Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null", null, new() { Timeout = PatienceMs });
    }

    public Task StartCameraAsync() => Page.ClickAsync("#start");

    public Task StopCameraAsync() => Page.ClickAsync("#stop");

    /// <summary>Waits for an answer of this tone.</summary>
    /// <param name="tone">first, seen, refused, unconfirmed or valid.</param>
    public Task ExpectAnswerAsync(string tone) =>
        Expect(Page.Locator($"#answer[open][data-tone={tone}]")).ToBeVisibleAsync(new() { Timeout = PatienceMs });

    public Task ExpectTextAsync(string selector, string text) =>
        Expect(Page.Locator(selector)).ToContainTextAsync(text, new() { Timeout = PatienceMs });

    /// <summary>Keeps a picture of the screen beside the test results.</summary>
    public Task PictureAsync(string name)
    {
        var folder = Environment.GetEnvironmentVariable("ACTORS_PICTURES");
        return folder is null ? Task.CompletedTask : Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
