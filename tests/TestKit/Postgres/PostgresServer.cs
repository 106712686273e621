using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Actors.TestKit.Postgres;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder, on a free loopback port, with fsync on. It is stopped and
/// deleted with the object, and by a watchdog when the process that started it is gone.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lock s_gate = new();
    private static Task<PostgresServer>? s_shared;

    private readonly string _folder = Directory.CreateTempSubdirectory("actors-postgres-").FullName;
    private readonly int _port = FreePort();
    private readonly string _options;
    private int _databases;
    private Process? _watchdog;

    private PostgresServer(string options) => _options = options;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The server that all tests of this run share; it ends with the process. Nobody stops or restarts it.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        lock (s_gate)
        {
            return s_shared ??= StartAsync();
        }
    }

    /// <summary>Makes and starts a server.</summary>
    /// <param name="options">Further options of the server, such as <c>-c synchronous_commit=off</c>.</param>
    public static async Task<PostgresServer> StartAsync(string options = "")
    {
        var server = new PostgresServer(options);
        await server.CreateAsync();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>How to connect to a database of this server.</summary>
    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=actors;Database={database};Timeout=120;Command Timeout=120";

    /// <summary>Makes an empty database and tells how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync(string? name = null)
    {
        name ??= $"db{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        return ConnectionString(name);
    }

    /// <summary>Runs a statement in a database, "postgres" unless told.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops it: <c>fast</c> ends connections in order, <c>immediate</c> is like a crash.</summary>
    public Task StopAsync(string mode = "fast") =>
        RunAsync(PostgresPrograms.Find("pg_ctl"), "stop", "-D", Data, "-m", mode, "-w");

    /// <summary>Starts it again on the same folder and port.</summary>
    public Task StartAgainAsync() =>
        RunAsync(
            PostgresPrograms.Find("pg_ctl"), "start", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
            $"-c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories={_folder} -c max_connections=200 -c shared_buffers=128MB {_options}");

    /// <summary>Copies the stopped server's files, as a backup of the file system does.</summary>
    public Task BackUpAsync() => RunAsync("cp", "-a", Data, Path.Combine(_folder, "backup"));

    /// <summary>Puts the copied files in the place of the stopped server's.</summary>
    public async Task RestoreAsync()
    {
        await RunAsync("rm", "-rf", Data);
        await RunAsync("mv", Path.Combine(_folder, "backup"), Data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_watchdog is { } watchdog)
        {
            _watchdog = null;
            watchdog.StandardInput.Close();
            await watchdog.WaitForExitAsync();
            watchdog.Dispose();
        }
    }

    private async Task CreateAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // initdb and postgres refuse root.
            await RunPlainAsync("chown", User, _folder);
        }

        // Its standard input ends with this process, however that ends; in a session of its own, so that a signal to this
        // process's whole group leaves it alive.
        var start = Start("sh", ["-c", "cat >/dev/null; \"$0\" stop -D \"$1/data\" -m immediate -w >/dev/null 2>&1; rm -rf \"$1\"", PostgresPrograms.Find("pg_ctl"), _folder]);
        var apart = new ProcessStartInfo("setsid", ["--wait", start.FileName, .. start.ArgumentList]) { WorkingDirectory = _folder, RedirectStandardInput = true, UseShellExecute = false };
        _watchdog = Process.Start(apart)!;
        await RunAsync(PostgresPrograms.Find("initdb"), "-D", Data, "-U", "actors", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions");
    }

    private static string User => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private Task RunAsync(string program, params string[] arguments) => RunAsync(Start(program, arguments));

    private Task RunPlainAsync(string program, params string[] arguments) => RunAsync(new ProcessStartInfo(program, arguments));

    private ProcessStartInfo Start(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? new ProcessStartInfo("runuser", ["-u", User, "--", program, .. arguments]) { WorkingDirectory = _folder }
        : new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder };

    private async Task RunAsync(ProcessStartInfo start)
    {
        // Into a file: the server that pg_ctl leaves behind would keep a pipe open.
        var output = Path.Combine(_folder, "output");
        var shell = new ProcessStartInfo("sh", ["-c", "out=$1; shift; exec \"$@\" >>\"$out\" 2>&1 </dev/null", "sh", output, start.FileName, .. start.ArgumentList])
        {
            WorkingDirectory = _folder,
        };
        using var process = Process.Start(shell)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            var log = Path.Combine(_folder, "log");
            throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} failed:\n{await File.ReadAllTextAsync(output)}\n{(File.Exists(log) ? await File.ReadAllTextAsync(log) : "")}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
