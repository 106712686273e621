using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Actors.TestKit.Phones;

/// <summary>A phone at a door: Chromium with a profile of its own, 360 pixels wide, whose camera plays a film.</summary>
public sealed class Phone : IAsyncDisposable
{
    private readonly string _profile = Directory.CreateTempSubdirectory("actors-phone-").FullName;
    private readonly IPlaywright _playwright;

    private Phone(IPlaywright playwright) => _playwright = playwright;

    /// <summary>The browser while it is open.</summary>
    public IBrowserContext Browser { get; private set; } = null!;

    /// <summary>The page that is open.</summary>
    public IPage Page { get; private set; } = null!;

    /// <summary>What the page's console and network had to say, for the message of a failed test.</summary>
    public ConcurrentQueue<string> Diary { get; } = new();

    /// <summary>Where the film lies that the camera plays.</summary>
    public string FilmPath => Path.Combine(_profile, "film.y4m");

    public static async Task<Phone> CreateAsync() => new(await Playwright.CreateAsync());

    /// <summary>Opens the browser, with what was stored on the phone before.</summary>
    public async Task OpenAsync(string locale = "fr-FR")
    {
        Browser = await _playwright.Chromium.LaunchPersistentContextAsync(Path.Combine(_profile, "chromium"), new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Headless = true,
            ViewportSize = new() { Width = 360, Height = 740 },
            HasTouch = true,
            Locale = locale,
            Permissions = ["camera"],
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={FilmPath}",
            ],
        });
        Browser.Console += (_, message) => Diary.Enqueue($"{message.Type}: {message.Text}");
        Browser.WebError += (_, error) => Diary.Enqueue($"error: {error.Error}");
        Browser.RequestFailed += (_, request) => Diary.Enqueue($"failed: {request.Url} {request.Failure}");
        Page = Browser.Pages.Count > 0 ? Browser.Pages[0] : await Browser.NewPageAsync();
    }

    /// <summary>Closes the browser; the phone keeps its storage.</summary>
    public Task CloseAsync() => Browser.CloseAsync();

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
        Directory.Delete(_profile, recursive: true);
    }
}
