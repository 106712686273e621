using System.Collections.Concurrent;
using System.Diagnostics;

namespace Actors.Browser.Tests.Printing;

/// <summary>A kiosk as deploy/kiosk starts it, on a screen that nobody sees; its printer writes PDF files into a folder.</summary>
internal sealed class KioskProcess : IAsyncDisposable
{
    private const string Launcher = "deploy/kiosk/actors-kiosk";

    // what Chromium remembers of the printer that was chosen last
    private const string Preferences =
        """
        {"printing":{"print_preview_sticky_settings":{"appState":"{\"recentDestinations\":[{\"id\":\"Save as PDF\",\"origin\":\"local\",\"account\":\"\"}],\"selectedDestinationId\":\"Save as PDF\",\"version\":2}"}},"savefile":{"default_directory":"FOLDER"}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-kiosk-");
    private readonly ConcurrentQueue<string?> _output = new();
    private readonly Process _process;

    public KioskProcess(Uri server, string token)
    {
        var profile = _folder.CreateSubdirectory("profile").CreateSubdirectory("Default");
        File.WriteAllText(Path.Combine(profile.FullName, "Preferences"), Preferences.Replace("FOLDER", Paper, StringComparison.Ordinal));
        Directory.CreateDirectory(Paper);
        _process = Process.Start(new ProcessStartInfo("xvfb-run", ["-a", "-s", "-screen 0 1080x1920x24", Path.Combine(Root(), Launcher)])
        {
            // whoever waits for the tests' output does not wait for the kiosk
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ACTORS_URL"] = server.ToString(),
                ["ACTORS_TOKEN"] = token,
                ["ACTORS_PROFILE"] = profile.Parent!.FullName,
                ["ACTORS_REBOOT"] = $"touch {Rebooted}",
                ["ACTORS_OPTIONS"] = "--no-sandbox --disable-gpu",
            },
        })!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>There when the machine was told to start again.</summary>
    public string Rebooted => Path.Combine(_folder.FullName, "rebooted");

    /// <summary>What the launcher and the browser said.</summary>
    public string Output => string.Join('\n', _output);

    private string Paper => Path.Combine(_folder.FullName, "paper");

    /// <summary>What came out of the printer so far.</summary>
    public IReadOnlyList<string> Printed => Directory.GetFiles(Paper, "*.pdf");

    public async ValueTask DisposeAsync()
    {
        // the screen, the launcher and the browser
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // a browser that is just ending still writes; the folder is a temporary one
        }
    }

    /// <summary>The checkout: paths in the program are not those of the disk where builds are reproducible.</summary>
    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, Launcher)))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"There is no {Launcher} above {AppContext.BaseDirectory}.");
        }

        return folder;
    }
}
