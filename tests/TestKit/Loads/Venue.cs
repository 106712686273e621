using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.TestKit.Loads;

/// <summary>A campaign with its readers, whose office makes certificates for as long as people come.</summary>
public sealed class Venue
{
    private const int Lot = 100;
    private const int InStock = 300;
    private const int ScansPerCertificate = 4;
    private const int Latest = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<Guid> _certificates = [];
    private int _scans;

    private Venue(string campaign, ImmutableArray<Guid> readers) => (Campaign, Readers) = (campaign, readers);

    public string Campaign { get; }

    public ImmutableArray<Guid> Readers { get; }

    /// <summary>Makes the campaign, its readers and the first certificates.</summary>
    public static async Task<Venue> OpenAsync(ApiProcess api, string campaign, int readers, CancellationToken cancellationToken)
    {
        using var client = api.CreateClient();
        using var made = await client.PutAsJsonAsync($"/api/campaigns/{campaign}", new { name = "Door" }, cancellationToken);
        made.EnsureSuccessStatusCode();
        var venue = new Venue(campaign, [.. Enumerable.Range(0, readers).Select(_ => Guid.NewGuid())]);
        foreach (var reader in venue.Readers)
        {
            using var answer = await client.PostAsJsonAsync($"/qrcode/{campaign}/save-reader/{reader}", new { name = "Door", tally = true }, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        while (venue.Needed)
        {
            await venue.MakeAsync(client, [.. NewLot()], cancellationToken);
        }

        return venue;
    }

    /// <summary>The next to be scanned: a few scans of each, at about the same time; those seen last when no new ones are left.</summary>
    public Guid Next()
    {
        lock (_certificates)
        {
            var index = _scans / ScansPerCertificate;
            if (index < _certificates.Count)
            {
                _scans++;
                return _certificates[index];
            }

            return _certificates[^Random.Shared.Next(1, Math.Min(Latest, _certificates.Count))];
        }
    }

    /// <summary>Makes certificates as they are used up; what fails is repeated, by the next server.</summary>
    public async Task SupplyAsync(IReadOnlyList<ApiProcess> apis, CancellationToken cancellationToken)
    {
        var clients = apis.Select(api => api.CreateClient()).ToList();
        try
        {
            for (var turn = 0; ; turn++)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
                if (Needed)
                {
                    var lot = NewLot();
                    while (!await TryMakeAsync(clients[turn % clients.Count], lot, cancellationToken))
                    {
                        turn++;
                        await Task.Delay(Pause, TimeProvider.System, cancellationToken);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody comes any more.
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private static Guid[] NewLot() => [.. Enumerable.Range(0, Lot).Select(_ => Guid.NewGuid())];

    private bool Needed
    {
        get
        {
            lock (_certificates)
            {
                return _certificates.Count - (_scans / ScansPerCertificate) < InStock;
            }
        }
    }

    private async Task<bool> TryMakeAsync(HttpClient client, Guid[] lot, CancellationToken cancellationToken)
    {
        try
        {
            return await MakeAsync(client, lot, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> MakeAsync(HttpClient client, Guid[] lot, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(
            $"/api/campaigns/{Campaign}/certificates", lot.Select(uuid => new { uuid, data = new { name = "Ada" } }), cancellationToken);
        if (!answer.IsSuccessStatusCode
            || (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("saved").GetInt32() != lot.Length)
        {
            return false;
        }

        lock (_certificates)
        {
            _certificates.AddRange(lot);
        }

        return true;
    }
}
