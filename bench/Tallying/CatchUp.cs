using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Bench.Support;

namespace Actors.Bench.Tallying;

/// <summary>
/// A reader that was away fetches what it missed, while the log grows: the last 10,000 events, and all. Beside it, as
/// many bytes in as many answers by a bare server.
/// </summary>
public static class CatchUp
{
    private const int Batch = 1_000;
    private const int Missed = 10_000;
    private const int Rounds = 5;
    private static readonly int[] Sizes = [1_000, 10_000, 30_000, 100_000];

    public static async Task RunAsync()
    {
        await using var door = await DoorFixture.StartAsync(10);
        await using var bare = await BareServer.StartAsync();
        using var bareClient = new HttpClient { BaseAddress = bare.Address };
        var certificates = await door.CreateCertificatesAsync(1_000);
        var cursors = new List<string> { "" };
        Console.WriteLine(
            $"{"events in the log",18} {"sync of 1,000, ms",20} {"last 10,000, ms",16} {"requests",9} {"bytes",11} {"bare, ms",9} {"all, ms",9} {"per 1,000",10} {"database, bytes per event",26}");
        foreach (var size in Sizes)
        {
            var appends = new Samples();
            while ((cursors.Count - 1) * Batch < size)
            {
                var started = Stopwatch.GetTimestamp();
                cursors.Add(await PostAsync(door, door.Readers[cursors.Count % door.Readers.Length], certificates, cursors[^1]));
                appends.Add(started);
            }

            var (last, all, bareAnswers) = (new Samples(), new Samples(), new Samples());
            Fetched fetched = new(0, 0, 0);
            for (var round = 0; round < Rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                fetched = await FetchAsync(door, cursors[Math.Max(0, cursors.Count - 1 - Missed / Batch)]);
                last.Add(started);
                started = Stopwatch.GetTimestamp();
                for (var request = 0; request < fetched.Requests; request++)
                {
                    using var body = new StringContent("{}", Encoding.UTF8, "application/json");
                    using var answer = await bareClient.PostAsync(new Uri($"/bytes/{fetched.Bytes / fetched.Requests}", UriKind.Relative), body);
                    using var read = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
                }

                bareAnswers.Add(started);
            }

            var begun = Stopwatch.GetTimestamp();
            var whole = await FetchAsync(door, "");
            all.Add(begun);
            if (whole.Events != size || fetched.Events != Math.Min(size, Missed))
            {
                throw new InvalidOperationException($"Of {size} events {whole.Events} came, of the last ones {fetched.Events}.");
            }

            var database = new FileInfo(Path.Combine(door.Api.DataPath, "actors.db")).Length;
            Console.WriteLine(
                $"{size,18:N0} {appends.Percentile(0.5),20:0.0} {last.Percentile(0.5),16:0} {fetched.Requests,9} {fetched.Bytes,11:N0} {bareAnswers.Percentile(0.5),9:0} "
                + $"{all.Percentile(0.5),9:0} {all.Percentile(0.5) * Batch / size,10:0.0} {(double)database / size,26:0}");
        }
    }

    /// <summary>Hands in scans; the cursor after them.</summary>
    private static async Task<string> PostAsync(DoorFixture door, string reader, Guid[] certificates, string since)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var rows = string.Join(',', Enumerable.Range(0, Batch).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"certificate":"{{certificates[i % certificates.Length]}}","event":"{{Guid.NewGuid()}}","timestamp":{{now}}}""")));
        var (data, _) = await SyncAsync(door, reader, $$"""{"limit":{{Batch}},"since":"{{since}}","events":[{{rows}}]}""");
        using (data)
        {
            return Data(data).GetProperty("timestamp").GetString()!;
        }
    }

    private static async Task<Fetched> FetchAsync(DoorFixture door, string since)
    {
        var (events, bytes, requests) = (0, 0L, 0);
        for (var more = true; more; requests++)
        {
            var (answer, length) = await SyncAsync(door, door.Readers[0], $$"""{"limit":1000,"since":"{{since}}","events":[]}""");
            using (answer)
            {
                var data = Data(answer);
                events += data.GetProperty("events").GetArrayLength();
                bytes += length;
                more = data.GetProperty("more").GetBoolean();
                since = data.GetProperty("timestamp").GetString()!;
            }
        }

        return new(events, bytes, requests);
    }

    private static async Task<(JsonDocument Answer, int Bytes)> SyncAsync(DoorFixture door, string reader, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await door.Client.PostAsync(new Uri($"/pointage/?uuid={reader}", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return (JsonDocument.Parse(bytes), bytes.Length);
    }

    private static JsonElement Data(JsonDocument answer) => answer.RootElement.GetProperty("data");

    private sealed record Fetched(int Events, long Bytes, int Requests);
}
