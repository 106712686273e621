using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>deploy/local-cluster.sh as an operator types it, on the programs that were built for the tests.</summary>
public sealed class LocalClusterTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-cluster-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        // PostgreSQL, which is not run as root, has to get in.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Cluster_StartedKilledAndScaled_ServesThroughItsBalancer()
    {
        var (started, output) = await RunAsync("up");
        Assert.True(started == 0, output);
        var ready = output.TrimEnd().Split('\n')[^1].Split(' ');
        Assert.Equal("READY", ready[0]);
        using var client = new HttpClient { BaseAddress = new Uri(ready[1]) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ready[2]);
        using (var campaign = await client.PutAsJsonAsync("/api/campaigns/door", new { name = "Door" }, Cancel))
        {
            campaign.EnsureSuccessStatusCode();
        }

        Assert.Equal(3, await ActiveAsync(client));

        Assert.Equal(0, (await RunAsync("kill", "2")).Code);
        Assert.Contains("silo-2", (await RunAsync("status")).Output.Split('\n').Single(line => line.EndsWith("not running", StringComparison.Ordinal)), StringComparison.Ordinal);

        var (scaled, told) = await RunAsync("scale", "2");
        Assert.True(scaled == 0, told);
        Assert.Equal(2, await ActiveAsync(client));
        Assert.Equal("Door", (await client.GetFromJsonAsync<JsonElement>("/api/campaigns/door", Cancel)).GetProperty("name").GetString());
        Assert.NotEqual(0, (await RunAsync("kill", "3")).Code);
    }

    private static async Task<int> ActiveAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/cluster", Cancel)).GetProperty("silos").EnumerateArray()
            .Count(silo => silo.GetProperty("state").GetString() == "active");

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Script(), arguments)
        {
            WorkingDirectory = _folder,
            Environment = { ["CLUSTER_DIR"] = _folder, ["CLUSTER_API"] = ApiProcess.DllPath(), ["CLUSTER_SILO"] = SiloProcess.DllPath() },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var told = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var complained = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await complained + await told);
    }

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Actors.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "deploy", "local-cluster.sh");
    }
}
