using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Bench.Tallying;

/// <summary>The baseline of pushes and answers: the framework alone, in a process of its own, which stores nothing.</summary>
public sealed class BareServer : IAsyncDisposable
{
    /// <summary>The first argument of the process that serves.</summary>
    public const string Argument = "bare";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private BareServer(Process process, Uri address) => (Process, Address) = (process, address);

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>Starts the process.</summary>
    public static async Task<BareServer> StartAsync()
    {
        var address = new UriBuilder("http", "127.0.0.1", FreePort()).Uri;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(BareServer).Assembly.Location, "tally-push", Argument, address.ToString()])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line and not "ready")
        {
            Trace.WriteLine(line);
        }

        return new(process, address);
    }

    /// <summary>Serves until it is killed.</summary>
    public static async Task ServeAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton(Channel.CreateUnbounded<JsonElement>());
        await using var app = builder.Build();
        app.UseWebSockets();
        app.MapHub<BareHub>("/hubs/readers");
        app.MapPost("/bytes/{count:int}", (int count, HttpContext http) => http.Response.WriteAsync($"\"{new string('x', count - 2)}\""));
        app.Urls.Add(address);
        await app.StartAsync();
        Console.WriteLine("ready");
        await BroadcastAsync(app.Services.GetRequiredService<Channel<JsonElement>>().Reader, app.Services.GetRequiredService<IHubContext<BareHub>>());
    }

    public async ValueTask DisposeAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
    }

    /// <summary>Events of the same shape and in the same intervals as the server's.</summary>
    private static async Task BroadcastAsync(ChannelReader<JsonElement> scans, IHubContext<BareHub> hub)
    {
        var batch = new List<object>();
        while (await scans.WaitToReadAsync())
        {
            while (scans.TryRead(out var scan))
            {
                batch.Add(new
                {
                    certificate = scan.GetProperty("certificate"),
                    @event = scan.GetProperty("event"),
                    reader = Guid.Empty,
                    reader_name = "Door 1",
                    timestamp = scan.GetProperty("timestamp"),
                    type = "seen",
                    outcome = "duplicate",
                });
            }

            await hub.Clients.All.SendAsync("Events", new { after = "phoeceurj71", cursor = "phoeceurj72", more = false, events = batch, outcomes = new { } });
            batch.Clear();
            await Task.Delay(Interval, TimeProvider.System);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Answers each scan at once.</summary>
public sealed class BareHub(Channel<JsonElement> scans) : Hub
{
    public async Task<object> Scan(JsonElement scan)
    {
        await scans.Writer.WriteAsync(scan, Context.ConnectionAborted);
        return new { outcome = "first" };
    }
}
