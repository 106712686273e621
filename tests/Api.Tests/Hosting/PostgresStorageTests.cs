using System.Net.Http.Json;
using Actors.TestKit.Postgres;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Hosting;

/// <summary>The built program on PostgreSQL.</summary>
public sealed class PostgresStorageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_WithAConnectionString_StoresThereAndNotInTheFolder()
    {
        var connection = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using var api = await ApiProcess.StartAsync(Cancel, "--ConnectionStrings:Actors", connection);
        using var client = api.CreateClient();
        using var made = await client.PostAsJsonAsync("/api/tokens", new { name = "box-office", scopes = new[] { "tally.read" } }, Cancel);
        made.EnsureSuccessStatusCode();

        await api.KillAsync();
        await api.RestartAsync(Cancel, "--ConnectionStrings:Actors", connection);

        Assert.Contains("box-office", await client.GetStringAsync("/api/tokens", Cancel), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(api.DataPath, "actors.db")));
        Assert.DoesNotContain(connection, api.Output, StringComparison.Ordinal);
    }
}
