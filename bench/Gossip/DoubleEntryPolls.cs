using System.Net.Http.Json;
using System.Text.Json;
using Actors.Bench.Tallying;
using Actors.TestKit.Processes;

namespace Actors.Bench.Gossip;

/// <summary>The same as the first clients of this contract learn of it: by a post every 10 s with what is new and all since their cursor.</summary>
internal static class DoubleEntryPolls
{
    private const int Pairs = 60;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(ApiProcess api)
    {
        using var client = api.CreateClient();
        (await client.PutAsJsonAsync($"/api/campaigns/{DoorFixture.Campaign}", new { name = "Bench" })).EnsureSuccessStatusCode();
        var certificates = Enumerable.Range(0, Pairs).Select(_ => Guid.NewGuid()).ToArray();
        using var saved = await client.PostAsJsonAsync(
            $"/api/campaigns/{DoorFixture.Campaign}/certificates", certificates.Select(uuid => new { uuid, data = new { name = "Ada" } }));
        saved.EnsureSuccessStatusCode();
        DoubleEntry.Describe($"every reader asks every 10 s: both know, {Pairs} pairs", await Task.WhenAll(certificates.Select(certificate => MeasureAsync(client, certificate))));
    }

    private static async Task<double> MeasureAsync(HttpClient client, Guid certificate)
    {
        var readers = new[] { Guid.NewGuid(), Guid.NewGuid() };
        foreach (var reader in readers)
        {
            (await client.PostAsJsonAsync($"/qrcode/{DoorFixture.Campaign}/save-reader/{reader}", new { name = "Door", tally = true })).EnsureSuccessStatusCode();
        }

        // both are back: each asks whenever its turn comes
        var back = TimeProvider.System.GetTimestamp();
        var since = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 1;
        await Task.WhenAll(readers.Select(reader => AskUntilKnownAsync(client, reader, certificate, since)));
        return TimeProvider.System.GetElapsedTime(back).TotalMilliseconds;
    }

    private static async Task AskUntilKnownAsync(HttpClient client, Guid reader, Guid certificate, long cursor)
    {
        await Task.Delay(Period * Random.Shared.NextDouble(), TimeProvider.System);
        object[] events = [new { certificate, @event = Guid.NewGuid(), timestamp = cursor - 60 }];
        object since = cursor;
        using var timer = new PeriodicTimer(Period);
        do
        {
            using var answer = await client.PostAsJsonAsync($"/pointage/?uuid={reader}", new { events, since });
            answer.EnsureSuccessStatusCode();
            var data = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
            if (data.GetProperty("events").EnumerateArray().Any(
                row => row.GetProperty("certificate").GetGuid() == certificate && row.GetProperty("reader").GetGuid() != reader))
            {
                return;
            }

            (events, since) = ([], data.GetProperty("timestamp").Clone());
        }
        while (await timer.WaitForNextTickAsync());
    }
}
