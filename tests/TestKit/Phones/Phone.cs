using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Actors.TestKit.Phones;

/// <summary>A phone at a door: Chromium with a profile of its own, 360 pixels wide, whose camera plays a film.</summary>
public sealed class Phone : IAsyncDisposable
{
    /// <summary>How long a test waits for what it expects of a page: a busy machine is no failure.</summary>
    private const float ExpectTimeoutMs = 60_000;

    private readonly string _profile = Directory.CreateTempSubdirectory("actors-phone-").FullName;
    private readonly IPlaywright _playwright;

    private Phone(IPlaywright playwright, string film)
    {
        _playwright = playwright;
        FilmPath = Path.Combine(_profile, film);
    }

    /// <summary>The installed browser.</summary>
    public static string ChromiumPath => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>The browser while it is open.</summary>
    public IBrowserContext Browser { get; private set; } = null!;

    /// <summary>The page that is open.</summary>
    public IPage Page { get; private set; } = null!;

    /// <summary>What the page's console and network had to say, for the message of a failed test.</summary>
    public ConcurrentQueue<string> Diary { get; } = new();

    /// <summary>Where the film lies that the camera plays; the ending names its format (.y4m or .mjpeg).</summary>
    public string FilmPath { get; }

    public static async Task<Phone> CreateAsync(string film = "film.y4m")
    {
        Assertions.SetDefaultExpectTimeout(ExpectTimeoutMs);
        return new(await Playwright.CreateAsync(), film);
    }

    /// <summary>Opens the browser, with what was stored on the phone before.</summary>
    /// <param name="locale">The language of its owner.</param>
    /// <param name="cameras">How many cameras it has; one plays the film, several a picture of the browser's own.</param>
    public async Task OpenAsync(string locale = "fr-FR", int cameras = 1)
    {
        // a film makes one camera of however many
        string[] film = cameras == 1 ? [$"--use-file-for-fake-video-capture={FilmPath}"] : [];
        Browser = await _playwright.Chromium.LaunchPersistentContextAsync(Path.Combine(_profile, "chromium"), new()
        {
            ExecutablePath = ChromiumPath,
            Headless = true,
            ViewportSize = new() { Width = 360, Height = 740 },
            HasTouch = true,
            Locale = locale,
            Permissions = cameras > 0 ? ["camera"] : [],
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
                $"--use-fake-device-for-media-stream=device-count={cameras}", .. film,
            ],
        });
        Browser.Console += (_, message) => Diary.Enqueue($"{message.Type}: {message.Text}");
        Browser.WebError += (_, error) => Diary.Enqueue($"error: {error.Error}");
        Browser.RequestFailed += (_, request) => Diary.Enqueue($"failed: {request.Url} {request.Failure}");
        Page = Browser.Pages.Count > 0 ? Browser.Pages[0] : await Browser.NewPageAsync();
    }

    /// <summary>Keeps a picture of the screen in the folder ACTORS_PICTURES, when there is one.</summary>
    public Task PictureAsync(string name)
    {
        var folder = Environment.GetEnvironmentVariable("ACTORS_PICTURES");
        return folder is null ? Task.CompletedTask : Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
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
