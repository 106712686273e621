using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.TestKit.Notifications;

/// <summary>Reads pushes by an implementation that is not ours (npm http_ece), in a process of its own.</summary>
public sealed class PushReader : IAsyncDisposable
{
    private static readonly SemaphoreSlim Installing = new(1, 1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Process? _process;

    /// <summary>What a browser reads.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    public async Task<byte[]> ReadAsync(PushDevice device, byte[] body, CancellationToken cancellationToken)
    {
        var question = JsonSerializer.Serialize(new { privateKey = device.PrivateKey, auth = Base64Url.EncodeToString(device.Auth), body = Base64Url.EncodeToString(body) });
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _process ??= await StartAsync(cancellationToken);
            await _process.StandardInput.WriteLineAsync(question.AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
            var line = await _process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("The reader of pushes ended.");
            var answer = JsonNode.Parse(line)!;
            return (string?)answer["text"] is { } text ? Base64Url.DecodeFromChars(text) : throw new InvalidDataException((string?)answer["error"]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _turn.Dispose();
    }

    private static async Task<Process> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Folder();
        await Installing.WaitAsync(cancellationToken);
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "http_ece")))
            {
                using var npm = Run("npm", folder, pipes: false, "ci", "--no-progress", "--loglevel=error");
                await npm.WaitForExitAsync(cancellationToken);
                if (npm.ExitCode != 0)
                {
                    throw new InvalidOperationException($"npm ci failed in {folder}");
                }
            }
        }
        finally
        {
            Installing.Release();
        }

        return Run("node", folder, pipes: true, "read.mjs");
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

        return Path.Combine(folder.FullName, "tests", "push-service");
    }
}
