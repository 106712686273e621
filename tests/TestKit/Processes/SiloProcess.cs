using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Actors.TestKit.Processes;

/// <summary>The built silo as a process of its own, on a free loopback port.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private const string ActiveMark = " is active.";
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-silo-").FullName;
    private readonly Process _process;

    private SiloProcess(string database, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = [DllPath(), "--ConnectionStrings:Actors", database, "--Data:Path", _folder, .. arguments];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Exited += (_, _) => _active.TrySetException(new InvalidOperationException($"The silo ended. It printed:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a silo and returns once it holds grains.</summary>
    public static async Task<SiloProcess> StartAsync(string database, CancellationToken cancellationToken, params string[] arguments)
    {
        var silo = new SiloProcess(database, arguments);
        await silo._active.Task.WaitAsync(cancellationToken);
        return silo;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>SIGTERM: it leaves in order. Returns its exit code.</summary>
    public async Task<int> LeaveAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still and keeps its connections.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string DllPath()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(here.Parent!.Parent!.FullName, "Actors.Silo", here.Name, "Actors.Silo.dll");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.EndsWith(ActiveMark, StringComparison.Ordinal) == true)
        {
            _active.TrySetResult();
        }
    }
}
