using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Bench.Tallying;

/// <summary>A campaign with readers and certificates on a server of its own.</summary>
public sealed class DoorFixture(ApiProcess api, HttpClient client, string[] readers) : IAsyncDisposable
{
    public const string Campaign = "bench";

    public ApiProcess Api => api;

    public HttpClient Client => client;

    public string[] Readers => readers;

    public static async Task<DoorFixture> StartAsync(int readerCount)
    {
        var api = await ApiProcess.StartAsync(CancellationToken.None);
        var client = api.CreateClient();
        (await client.PutAsJsonAsync($"/api/campaigns/{Campaign}", new { name = "Bench" })).EnsureSuccessStatusCode();
        var readers = new string[readerCount];
        for (var i = 0; i < readerCount; i++)
        {
            using var answer = await client.PostAsJsonAsync($"/qrcode/{Campaign}/save-reader/", new { name = $"Door {i}", readable_metadatas = "", enable_tallying = true });
            answer.EnsureSuccessStatusCode();
            var saved = await answer.Content.ReadFromJsonAsync<JsonElement>();
            readers[i] = saved.GetProperty("data").GetProperty("uuid").GetString()!;
        }

        return new(api, client, readers);
    }

    /// <summary>Creates certificates in batches and returns their uuids.</summary>
    public async Task<Guid[]> CreateCertificatesAsync(int count)
    {
        const int Batch = 10_000;
        var created = new List<Guid>(count);
        for (var done = 0; done < count; done += Batch)
        {
            var rows = Enumerable.Range(0, Math.Min(Batch, count - done))
                .Select(_ => new { uuid = Guid.NewGuid(), data = new { name = "Ada Lovelace" } }).ToArray();
            using var answer = await client.PostAsJsonAsync($"/api/campaigns/{Campaign}/certificates", rows);
            answer.EnsureSuccessStatusCode();
            created.AddRange(rows.Select(row => row.uuid));
        }

        return [.. created];
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
    }
}
