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

    /// <summary>Opens the reader and waits until it can be used; the camera, allowed before, starts by itself.</summary>
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

    /// <summary>What a plugged-in scanner types, faster than any person.</summary>
    public Task ScanByWedgeAsync(string code) => Page.EvaluateAsync(
        """
        typed => {
          // as the system stamps real ones, however slow this loop is
          [...typed, 'Enter'].forEach((key, i) => {
            const stroke = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
            Object.defineProperty(stroke, 'timeStamp', { value: 1_000 + i });
            document.activeElement?.dispatchEvent(stroke);
          });
        }
        """,
        code);

    /// <summary>Waits until the server has answered a synchronisation.</summary>
    public Task WaitUntilSynchronisedAsync() =>
        Page.Locator(".status[data-stale=false]").WaitForAsync(new() { Timeout = PatienceMs });

    /// <summary>Puts the answer away.</summary>
    public async Task DismissAsync()
    {
        await Page.Locator("#answer-dismiss").ClickAsync();
        await Expect(Answer).Not.ToBeVisibleAsync();
    }

    /// <summary>Puts the answer away and ends filming.</summary>
    public async Task StopCameraAsync()
    {
        await Page.EvaluateAsync("() => { document.getElementById('answer').close(); document.getElementById('stop').click(); }");
        await Expect(Page.Locator("#start")).ToBeVisibleAsync();
    }

    /// <summary>Opens the list of what needs a person's look.</summary>
    public Task OpenReviewAsync() => Page.EvaluateAsync("() => document.getElementById('review').click()");

    /// <summary>Waits for an answer of this tone.</summary>
    /// <param name="tone">first, seen, refused, unconfirmed or valid.</param>
    public async Task ExpectAnswerAsync(string tone)
    {
        try
        {
            await Page.Locator($"#answer[open][data-tone={tone}]").WaitForAsync(new() { Timeout = PatienceMs });
        }
        catch (TimeoutException missing)
        {
            await PictureAsync("missing-" + tone);
            throw new TimeoutException($"No answer '{tone}'. The page said:\n{string.Join('\n', phone.Diary)}", missing);
        }
    }

    public Task ExpectTextAsync(string selector, string text) =>
        Expect(Page.Locator(selector)).ToContainTextAsync(text, new() { Timeout = PatienceMs });

    /// <summary>Keeps a picture of the screen beside the test results.</summary>
    public Task PictureAsync(string name) => phone.PictureAsync(name);
}
