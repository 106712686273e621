using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Processes;
using Npgsql;

namespace Actors.Api.Tests.Cluster;

/// <summary>Ten processes that start at once on an empty database.</summary>
public sealed class ManyAtOnceTests(ManyAtOnceFixture processes) : IClassFixture<ManyAtOnceFixture>
{
    private readonly ApiProcess[] _servers = processes.Servers;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_TenAtOnce_MakeOneSetOfEverything()
    {
        var kept = _servers.Select(server => Path.Combine(server.DataPath, "admin-token")).Where(File.Exists).ToList();
        var token = (await File.ReadAllTextAsync(Assert.Single(kept), Cancel)).Trim();
        Assert.Single(_servers, server => server.Output.Contains(token, StringComparison.Ordinal));
        foreach (var server in _servers)
        {
            using var client = server.CreateClient(admin: false);
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            var overview = await client.GetFromJsonAsync<JsonElement>("/api/cluster", Cancel);
            Assert.Equal(ManyAtOnceFixture.SiloCount, overview.GetProperty("silos").EnumerateArray().Count(silo => silo.GetProperty("state").GetString() == "active"));
        }

        Assert.Equal(1, await CountAsync(processes.Database, "SELECT count(*) FROM api_token"));
        Assert.Equal(1, await CountAsync(processes.Database, "SELECT count(*) FROM setting WHERE name = 'cluster-secret'"));
        Assert.Equal(1, await CountAsync(processes.Database, "SELECT max(times) FROM (SELECT count(*) AS times FROM storage_version GROUP BY number) v"));
    }

    [Fact]
    public async Task Guesses_AtOneServer_CountAtTheOthers()
    {
        using var first = _servers[0].CreateClient(admin: false);
        using var other = _servers[1].CreateClient(admin: false);
        while (await GuessAsync(first) is not HttpStatusCode.TooManyRequests)
        {
            // on until it hears that it is enough
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(other));
    }

    private static async Task<HttpStatusCode> GuessAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri($"/pointage/configuration?uuid={Guid.NewGuid()}", UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    private static async Task<long> CountAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
