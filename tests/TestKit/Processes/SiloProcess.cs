using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Actors.TestKit.Processes;

/// <summary>The built silo as a process of its own, on a free loopback port.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private const string Program = "Actors.Silo";
    private const string ActiveMark = " is active.";
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-silo-").FullName;
    private readonly Process _process;

    private SiloProcess(string program, string database, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = [DllPath(program), "--ConnectionStrings:Actors", database, "--Data:Path", _folder, .. arguments];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Exited += (_, _) => GiveUp();
        Started = PrintsAsync(ActiveMark);
        _process.Start();
        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The process's number.</summary>
    public int Id { get; }

    private Task Started { get; }

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
    public static Task<SiloProcess> StartAsync(string database, CancellationToken cancellationToken, params string[] arguments) =>
        StartProgramAsync(Program, database, cancellationToken, arguments);

    /// <summary>The same with another program, which takes the same settings and says the same when it is active.</summary>
    public static async Task<SiloProcess> StartProgramAsync(string program, string database, CancellationToken cancellationToken, params string[] arguments)
    {
        var silo = new SiloProcess(program, database, arguments);
        try
        {
            await silo.Started.WaitAsync(cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a silo and waits for nothing.</summary>
    public static SiloProcess Start(string database, params string[] arguments) => new(Program, database, arguments);

    /// <summary>Ends when it prints a line with these words, from now on; fails when it ends before.</summary>
    public Task PrintsAsync(string words)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            _awaited.Add((words, seen));
        }

        return seen.Task;
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

    /// <summary>SIGTERM: it leaves in order.</summary>
    /// <exception cref="InvalidOperationException">It ended otherwise; the message has all that it printed.</exception>
    public async Task LeaveAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The silo ended with code {_process.ExitCode}. It printed:\n{Output}");
        }
    }

    /// <summary>SIGSTOP: it stands still and keeps its connections.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Waits until it ends by itself. Returns its exit code.</summary>
    public async Task<int> EndsAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A built program.</summary>
    public static string DllPath(string program = "Actors.Silo")
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(here.Parent!.Parent!.FullName, program, here.Name, $"{program}.dll");
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
            foreach (var (text, seen) in _awaited)
            {
                if (line?.Contains(text, StringComparison.Ordinal) == true)
                {
                    seen.TrySetResult();
                }
            }

            _awaited.RemoveAll(awaited => awaited.Seen.Task.IsCompleted);
        }
    }

    private void GiveUp()
    {
        var ended = new InvalidOperationException($"The silo ended. It printed:\n{Output}");
        lock (_output)
        {
            _awaited.ForEach(awaited => awaited.Seen.TrySetException(ended));
        }
    }
}
