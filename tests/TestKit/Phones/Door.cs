using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.TestKit.Phones;

/// <summary>A campaign on a running server, as its staff prepares it over HTTP.</summary>
public sealed class Door(ApiProcess api, string campaign) : IDisposable
{
    private readonly HttpClient _client = api.CreateClient();

    /// <summary>Makes the campaign.</summary>
    public static async Task<Door> OpenAsync(ApiProcess api, string campaign, CancellationToken cancellationToken)
    {
        var door = new Door(api, campaign);
        using var answer = await door._client.PutAsJsonAsync($"/api/campaigns/{campaign}", new { name = "Concert" }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return door;
    }

    /// <summary>Makes a reader that tallies, and returns the address of its page.</summary>
    public async Task<Uri> AddReaderAsync(
        string name, CancellationToken cancellationToken, string readableMetadata = "", string? gate = null, string direction = "entry")
    {
        var reader = await PostAsync("save-reader/", new { name, readable_metadatas = readableMetadata, enable_tallying = true, gate, direction }, cancellationToken);
        return new Uri(reader.GetProperty("url").GetString()!);
    }

    /// <summary>Makes a certificate and returns its uuid and the text of its QR code.</summary>
    public async Task<(string Id, string QrText)> AddCertificateAsync(string holder, CancellationToken cancellationToken)
    {
        var saved = await PostAsync("save-certificate/", new { data = new { name = holder }, metadata = new { seat = "A 12" } }, cancellationToken);
        var id = saved.GetProperty("uuid").GetString()!;
        var read = await _client.GetFromJsonAsync<JsonElement>($"/qrcode/{campaign}/get-certificate/{id}", cancellationToken);
        return (id, read.GetProperty("data").GetProperty("qrcode_text").GetString()!);
    }

    /// <summary>The campaign's log.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadEventsAsync(CancellationToken cancellationToken)
    {
        var page = await _client.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/events?limit=1000", cancellationToken);
        return [.. page.GetProperty("events").EnumerateArray()];
    }

    /// <summary>Says how many may be inside.</summary>
    public async Task LimitAsync(int capacity, CancellationToken cancellationToken)
    {
        using var answer = await _client.PutAsJsonAsync($"/api/campaigns/{campaign}", new { name = "Concert", capacity }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Takes a certificate back.</summary>
    public async Task RevokeAsync(string certificate, CancellationToken cancellationToken)
    {
        using var answer = await _client.PostAsync(new Uri($"/api/campaigns/{campaign}/certificates/{certificate}/revoke", UriKind.Relative), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> PostAsync(string route, object body, CancellationToken cancellationToken)
    {
        using var answer = await _client.PostAsJsonAsync($"/qrcode/{campaign}/{route}", body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("data");
    }
}
