using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Actors.Bench.Notifications;

/// <summary>npm's web-push, in a process of its own.</summary>
internal sealed class WebPushPeer : IAsyncDisposable
{
    private readonly Process _process;

    private WebPushPeer(Process process) => _process = process;

    public static async Task<WebPushPeer> StartAsync(object question)
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "web-push")))
        {
            using var npm = Run("npm", folder, pipes: false, "ci", "--no-progress", "--loglevel=error");
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci failed in {folder}");
            }
        }

        return new WebPushPeer(Run("node", folder, pipes: true, "rate.mjs", JsonSerializer.Serialize(question)));
    }

    /// <summary>Requests made per second, in so long a time.</summary>
    public async Task<double> MeasureAsync(TimeSpan time)
    {
        await _process.StandardInput.WriteLineAsync(time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("web-push ended.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Run(string program, string folder, bool pipes, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = pipes,
        RedirectStandardOutput = pipes,
    })!;

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "bench", "Notifications", "web-push");
    }
}
