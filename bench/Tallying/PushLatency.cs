using System.Collections.Concurrent;
using System.Diagnostics;
using Actors.Bench.Support;
using Actors.TestKit.Hubs;

namespace Actors.Bench.Tallying;

/// <summary>From a scan sent on one connection to its push on another reader's, at a steady number of scans per second.</summary>
public static class PushLatency
{
    private const int ReaderCount = 50;
    private const int ScansPerSecond = 1_000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        await using var door = await DoorFixture.StartAsync(ReaderCount);
        var certificates = await door.CreateCertificatesAsync(5_000);
        var hubs = await Task.WhenAll(door.Readers.Select(reader =>
            HubClient.ConnectAsync(new Uri(door.Api.BaseAddress, $"/hubs/readers?reader={reader}"), CancellationToken.None)));

        // The last reader only listens: its page is the other phone.
        var sent = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var pushed = new Samples();
        var answered = new Samples();
        var listening = ListenAsync(hubs[^1], sent, pushed);
        var others = hubs[..^1].Select(hub => ListenAsync(hub, sent, null)).ToArray();

        // The same scans, one at a time, without any load: what the path costs by itself.
        await ScanAsync(hubs[..1], certificates, sent, answered, 200, 100);
        await SettleAsync(sent, pushed);
        Console.WriteLine($"baseline, 100 scans/s:   answer {answered};  push {pushed}");

        var (pushedUnderLoad, answeredUnderLoad) = (pushed.Count, answered.Count);
        answered.Clear();
        pushed.Clear();
        await ScanAsync(hubs[..^1], certificates, sent, answered, (int)(ScansPerSecond * Window.TotalSeconds), ScansPerSecond);
        await SettleAsync(sent, pushed);
        Console.WriteLine($"under load, {ScansPerSecond} scans/s by {ReaderCount - 1} readers: answer {answered};  push {pushed};  {pushed.Count} pushed of {answered.Count} (before: {pushedUnderLoad} of {answeredUnderLoad})");

        foreach (var hub in hubs)
        {
            await hub.DisposeAsync();
        }

        await Task.WhenAll([listening, .. others]);
    }

    private static async Task ScanAsync(HubClient[] hubs, Guid[] certificates, ConcurrentDictionary<string, long> sent, Samples answered, int count, int perSecond)
    {
        var calls = new List<Task>(count);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count;)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond) + 1);
            for (; i < due; i++)
            {
                calls.Add(OneAsync(hubs[i % hubs.Length], certificates[Random.Shared.Next(certificates.Length)]));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        await Task.WhenAll(calls);

        async Task OneAsync(HubClient hub, Guid certificate)
        {
            var id = Guid.NewGuid().ToString();
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            var start = Stopwatch.GetTimestamp();
            sent[id] = start;
            await hub.InvokeAsync("Scan", CancellationToken.None, new { certificate, @event = id, timestamp = now, now });
            answered.Add(start);
        }
    }

    private static async Task SettleAsync(ConcurrentDictionary<string, long> sent, Samples pushed)
    {
        for (var quiet = 0; quiet < 50 && !sent.IsEmpty; quiet++)
        {
            var before = pushed.Count;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            quiet = pushed.Count == before ? quiet : 0;
        }

        sent.Clear();
    }

    private static async Task ListenAsync(HubClient hub, ConcurrentDictionary<string, long> sent, Samples? pushed)
    {
        await foreach (var push in hub.Events.ReadAllAsync())
        {
            if (pushed is null || push.Method != "Events")
            {
                continue;
            }

            foreach (var seen in push.Arguments[0].GetProperty("events").EnumerateArray())
            {
                if (sent.TryRemove(seen.GetProperty("event").GetString()!, out var start))
                {
                    pushed.Add(start);
                }
            }
        }
    }
}
