using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>The built programs as a cluster: silos, servers and one PostgreSQL. They leave it whole.</summary>
[Collection(CalmCollection.Name)]
public sealed class ClusterProcessTests(FaultFixture fixture)
{
    private readonly string _campaign = $"door-{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ProcessCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Scans_ASiloKilledAndOneLeavingMeanwhile_NoneIsLostAndNoneIsFirstTwice()
    {
        var (readers, certificates) = await PrepareAsync();
        var acknowledged = new ConcurrentQueue<(Guid Certificate, Guid Event, string Outcome)>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var doors = readers.Select((reader, i) => Task.Run(() => ScanAsync(Cluster.Apis[i % 2].Process, reader, certificates, acknowledged, enough.Token), Cancel)).ToList();

        await UntilAsync(() => acknowledged.Count > 50);
        await Cluster.Silos[0].Process.KillAsync();
        var before = acknowledged.Count;
        await UntilAsync(() => acknowledged.Count > before + 50);
        await Cluster.Silos[1].Process.LeaveAsync();
        before = acknowledged.Count;
        await UntilAsync(() => acknowledged.Count > before + 50);
        await enough.CancelAsync();
        await Task.WhenAll(doors);

        var firsts = acknowledged.Where(scan => scan.Outcome == "first").GroupBy(scan => scan.Certificate).ToList();
        Assert.NotEmpty(firsts);
        Assert.All(firsts, first => Assert.Single(first.Select(scan => scan.Event).Distinct()));
        var stored = await StoredAsync(Cluster.Apis[0].Process, readers[0]);
        Assert.Subset(stored, acknowledged.Select(scan => scan.Event).ToHashSet());
        await Task.WhenAll(Cluster.Silos.Take(2).Select(silo => silo.StartAsync(Cancel)));
        await Cluster.UntilWholeAsync(Cancel);
    }

    [Fact]
    public async Task Api_Killed_TheOtherServesTheSameAndNothingLiesInItsFolder()
    {
        var killed = Cluster.Apis[0].Process;
        using var client = killed.CreateClient();
        using var made = await client.PostAsJsonAsync("/api/tokens", new { name = "box-office", scopes = new[] { "tally.read" } }, Cancel);
        made.EnsureSuccessStatusCode();

        await killed.KillAsync();

        using var other = Cluster.Apis[1].Process.CreateClient();
        Assert.Contains("box-office", await other.GetStringAsync("/api/tokens", Cancel), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(killed.DataPath, "actors.db")));
        Assert.DoesNotContain("Username=", killed.Output + Cluster.Silos[0].Process.Output, StringComparison.OrdinalIgnoreCase);
        await Cluster.Apis[0].StartAsync(Cancel);
        await Cluster.UntilWholeAsync(Cancel);
    }

    private async Task<(Guid[] Readers, Guid[] Certificates)> PrepareAsync()
    {
        using var client = Cluster.Apis[0].Process.CreateClient();
        using var campaign = await client.PutAsJsonAsync($"/api/campaigns/{_campaign}", new { name = "Door" }, Cancel);
        campaign.EnsureSuccessStatusCode();
        return (await MakeAsync(client, "save-reader", 6, new { name = "Door", tally = true }), await MakeAsync(client, "save-certificate", 40, new { data = new { name = "Ada" } }));
    }

    private async Task<Guid[]> MakeAsync(HttpClient client, string kind, int count, object body)
    {
        var made = new Guid[count];
        for (var i = 0; i < count; i++)
        {
            made[i] = Guid.NewGuid();
            using var answer = await client.PostAsJsonAsync($"/qrcode/{_campaign}/{kind}/{made[i]}", body, Cancel);
            answer.EnsureSuccessStatusCode();
        }

        return made;
    }

    // As a page does it: what is not acknowledged is handed in again, under the same id.
    private static async Task ScanAsync(
        ApiProcess api, Guid reader, Guid[] certificates, ConcurrentQueue<(Guid Certificate, Guid Event, string Outcome)> acknowledged, CancellationToken enough)
    {
        using var client = api.CreateClient(admin: false);
        var random = new Random(reader.GetHashCode());
        while (!enough.IsCancellationRequested)
        {
            var (certificate, scan) = (certificates[random.Next(certificates.Length)], Guid.NewGuid());
            var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            while (await HandInAsync(client, reader, certificate, scan, at) is var outcome)
            {
                if (outcome is not null)
                {
                    acknowledged.Enqueue((certificate, scan, outcome));
                    break;
                }
            }
        }
    }

    private static async Task<string?> HandInAsync(HttpClient client, Guid reader, Guid certificate, Guid scan, double at)
    {
        using var answer = await client.PostAsJsonAsync(
            $"/pointage/?uuid={reader}", new { events = new[] { new { certificate, @event = scan, timestamp = at } }, now = at, limit = 1 }, Cancel);
        if (!answer.IsSuccessStatusCode)
        {
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            return null;
        }

        var outcomes = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("data").GetProperty("outcomes");
        var outcome = outcomes.GetProperty(scan.ToString()).GetProperty("outcome").GetString();
        return outcome is "unconfirmed" ? null : outcome;
    }

    private static async Task<HashSet<Guid>> StoredAsync(ApiProcess api, Guid reader)
    {
        using var client = api.CreateClient(admin: false);
        var stored = new HashSet<Guid>();
        object? since = null;
        while (true)
        {
            using var answer = await client.PostAsJsonAsync($"/pointage/?uuid={reader}", new { events = Array.Empty<object>(), since, limit = 1000 }, Cancel);
            answer.EnsureSuccessStatusCode();
            var data = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("data");
            foreach (var seen in data.GetProperty("events").EnumerateArray())
            {
                stored.Add(seen.GetProperty("event").GetGuid());
            }

            since = data.GetProperty("timestamp").GetString();
            if (!data.GetProperty("more").GetBoolean())
            {
                return stored;
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }
}
