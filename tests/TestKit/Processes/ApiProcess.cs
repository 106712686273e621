using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Actors.TestKit.Processes;

/// <summary>The built api as a process of its own, on a free loopback port and a data folder of its own.</summary>
public sealed class ApiProcess : IAsyncDisposable
{
    /// <summary>The admin token that every started process is given.</summary>
    public const string AdminToken = "act_test-admin-token-for-loopback-only";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);
    private readonly StringBuilder _output = new();
    private Process? _process;
    private string? _copy;
    private bool _makesToken;

    private ApiProcess(string dataPath, int port)
    {
        DataPath = dataPath;
        BaseAddress = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>The data folder; it outlives a kill, so that a second start finds what the first one stored.</summary>
    public string DataPath { get; }

    /// <summary>Where the program lies.</summary>
    public string ProgramPath => _copy ?? Path.GetDirectoryName(DllPath())!;

    /// <summary>Where the process listens.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The running process's number.</summary>
    public int Id => _process!.Id;

    /// <summary>How much memory the running process keeps resident.</summary>
    public long ResidentBytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
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

    /// <summary>Starts the api and returns once it is ready.</summary>
    public static async Task<ApiProcess> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var api = new ApiProcess(Directory.CreateTempSubdirectory("actors-api-").FullName, FreePort());
        try
        {
            await api.RestartAsync(cancellationToken, arguments);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, but it is given no admin token, so that it makes one if there is none.</summary>
    public static async Task<ApiProcess> StartWithoutTokenAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var api = new ApiProcess(Directory.CreateTempSubdirectory("actors-api-").FullName, FreePort()) { _makesToken = true };
        await api.RestartAsync(cancellationToken, arguments);
        return api;
    }

    /// <summary>Starts a copy of the program, so that a test may change its files.</summary>
    public static async Task<ApiProcess> StartCopyAsync(CancellationToken cancellationToken)
    {
        var program = Path.GetDirectoryName(DllPath())!;
        var copy = Directory.CreateTempSubdirectory("actors-copy-").FullName;
        foreach (var file in Directory.EnumerateFiles(program, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(program, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var api = new ApiProcess(Directory.CreateTempSubdirectory("actors-api-").FullName, FreePort()) { _copy = copy };
        await api.RestartAsync(cancellationToken);
        return api;
    }

    /// <summary>Starts the process again on the same data folder and port.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            WorkingDirectory = DataPath,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = [Path.Combine(ProgramPath, "Actors.Api.dll"), "--urls", BaseAddress.ToString(), "--Data:Path", DataPath, .. _makesToken ? (string[])[] : ["--Admin:Token", AdminToken], .. arguments];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync(cancellationToken);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>The process stops answering and keeps its connections, as a server behind a dead link.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>It goes on where it was frozen.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>A client of this process; with the admin token unless told otherwise.</summary>
    public HttpClient CreateClient(bool admin = true)
    {
        var client = new HttpClient { BaseAddress = BaseAddress };
        if (admin)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        Directory.Delete(DataPath, recursive: true);
        if (_copy is not null)
        {
            Directory.Delete(_copy, recursive: true);
        }
    }

    /// <summary>The built program.</summary>
    public static string DllPath()
    {
        // artifacts/<engine>/bin/<test project>/<configuration>/ lies beside artifacts/<engine>/bin/Actors.Api/<configuration>/.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(here.Parent!.Parent!.FullName, "Actors.Api", here.Name, "Actors.Api.dll");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        using var client = CreateClient(admin: false);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative), timeout.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (_process is { HasExited: false })
            {
                // not listening yet
            }
            catch (HttpRequestException failure)
            {
                throw new InvalidOperationException($"The api ended with code {_process?.ExitCode} before it was ready. It printed:\n{Output}", failure);
            }
            catch (OperationCanceledException failure)
            {
                throw new TimeoutException($"The api was not ready in {StartTimeout}. It printed:\n{Output}", failure);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, timeout.Token);
        }
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
