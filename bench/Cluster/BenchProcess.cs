using System.Diagnostics;
using Actors.Bench.Engine;
using Actors.Silo.Hosting;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Bench.Cluster;

/// <summary>A silo of this program's grains, as a process of its own.</summary>
internal sealed class BenchProcess : IDisposable
{
    public const string Command = "cluster-silo";
    private const string Ready = "READY";
    private readonly Process _process;

    private BenchProcess(string database, string endpoint)
    {
        Endpoint = endpoint;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet")
        {
            start.ArgumentList.Add(typeof(BenchProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(database);
        start.ArgumentList.Add(endpoint);
        _process = Process.Start(start)!;
    }

    public string Endpoint { get; }

    /// <summary>Starts a silo and waits until it holds grains.</summary>
    public static async Task<BenchProcess> StartAsync(string database, string endpoint)
    {
        var process = new BenchProcess(database, endpoint);
        while (await process._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Ready)
            {
                return process;
            }
        }

        throw new InvalidOperationException($"The silo at {endpoint} ended before it was ready.");
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: it stands still and keeps its connections.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>What it has used so far.</summary>
    public async Task<RuntimeUsage> UsageAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        return RuntimeUsage.Parse((await _process.StandardOutput.ReadLineAsync())!);
    }

    /// <summary>Has it leave in order.</summary>
    public async Task LeaveAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>What the process does: serves until its input ends, and tells its usage for each line of it.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        using var host = await StartHostAsync(arguments[0], arguments[1]);
        await BenchEngine.ActiveAsync(host.Services);
        Console.WriteLine(Ready);
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(RuntimeUsage.Now.ToLine());
        }

        await host.StopAsync();
    }

    /// <summary>A host of these grains; without an endpoint it only calls.</summary>
    public static async Task<IHost> StartHostAsync(string database, string? endpoint)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddActorsStorage("", database, exclusive: true);
        builder.AddActorsSilo(silo =>
        {
            silo.GrainAssemblies.Add(typeof(CounterGrain).Assembly);
            silo.Cluster = new ClusterPart(new ClusterOptions { Endpoint = endpoint }, database, HoldsGrains: endpoint is not null);
        });
        var host = builder.Build();
        await host.StartAsync();
        await BenchEngine.ActiveAsync(host.Services);
        return host;
    }
}
