using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Actors.Bench.Support;

namespace Actors.Bench.Tallying;

/// <summary>A reader that was away fetches everything it missed, and how appends and reads fare as the log grows.</summary>
public static class CatchUp
{
    private const int Batch = 1_000;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    public static async Task RunAsync()
    {
        await using var door = await DoorFixture.StartAsync(10);
        var certificates = await door.CreateCertificatesAsync(1_000);
        var events = 0;
        Console.WriteLine($"{"events in the log",18} {"append, ms per 1,000",22} {"catch-up of 10,000, ms",24} {"requests",9} {"database, bytes per event",26}");
        foreach (var size in Sizes)
        {
            var appends = new Samples();
            for (; events < size; events += Batch)
            {
                var started = Stopwatch.GetTimestamp();
                await PostAsync(door, door.Readers[events / Batch % door.Readers.Length], certificates);
                appends.Add(started);
            }

            var begun = Stopwatch.GetTimestamp();
            var (seen, requests) = await FetchAsync(door, Math.Min(size, 10_000));
            var database = new FileInfo(Path.Combine(door.Api.DataPath, "actors.db")).Length;
            Console.WriteLine($"{size,18:N0} {appends.Percentile(0.5),22:0.0} {Stopwatch.GetElapsedTime(begun).TotalMilliseconds,24:0} {requests,9} {(double)database / size,26:0}  ({seen} read)");
        }
    }

    private static async Task PostAsync(DoorFixture door, string reader, Guid[] certificates)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var rows = string.Join(',', Enumerable.Range(0, Batch).Select(i =>
            $$"""{"certificate":"{{certificates[i % certificates.Length]}}","event":"{{Guid.NewGuid()}}","timestamp":{{now}}}"""));
        using var body = new StringContent($$"""{"limit":1,"since":{{now + 3600}},"events":[{{rows}}]}""", Encoding.UTF8, "application/json");
        using var answer = await door.Client.PostAsync(new Uri($"/pointage/?uuid={reader}", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(int Seen, int Requests)> FetchAsync(DoorFixture door, int wanted)
    {
        object since = 0;
        var (seen, requests) = (0, 0);
        for (var more = true; more && seen < wanted; requests++)
        {
            using var answer = await door.Client.PostAsJsonAsync($"/pointage/?uuid={door.Readers[0]}", new { events = Array.Empty<object>(), since, limit = 1_000 });
            answer.EnsureSuccessStatusCode();
            var data = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
            seen += data.GetProperty("events").GetArrayLength();
            more = data.GetProperty("more").GetBoolean();
            since = data.GetProperty("timestamp");
        }

        return (seen, requests);
    }
}
