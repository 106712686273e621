using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Actors.Bench.Support;

namespace Actors.Bench.Tallying;

/// <summary>50 readers that each post scans as fast as they are answered; every answered event is durable.</summary>
public static class TallyOverHttp
{
    private const int ReaderCount = 50;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    public static async Task RunAsync()
    {
        await using var door = await DoorFixture.StartAsync(ReaderCount);
        await BaselineAsync(door);
        var warm = await door.CreateCertificatesAsync(2_000);
        await MeasureAsync(door, "warm-up", 1, () => warm[Random.Shared.Next(warm.Length)], quiet: true);
        for (var round = 1; round <= 3; round++)
        {
            await MeasureAsync(door, $"batches of 1, warm certificates ({round})", 1, () => warm[Random.Shared.Next(warm.Length)]);
            await MeasureAsync(door, $"batches of 100, warm certificates ({round})", 100, () => warm[Random.Shared.Next(warm.Length)]);
            var untouched = await door.CreateCertificatesAsync(80_000);
            await door.Api.KillAsync();
            await door.Api.RestartAsync(CancellationToken.None);
            var next = -1;
            await MeasureAsync(door, $"batches of 100, untouched certificates ({round})", 100, () => untouched[Interlocked.Increment(ref next) % untouched.Length], untouched.Length);
        }
    }

    /// <summary>What the same client gets from the server when nothing is stored.</summary>
    private static async Task BaselineAsync(DoorFixture door)
    {
        var started = Stopwatch.GetTimestamp();
        var done = await Task.WhenAll(Enumerable.Range(0, ReaderCount).Select(async _ =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(started) < Window; count++)
            {
                using var answer = await door.Client.GetAsync(new Uri("/healthz", UriKind.Relative));
            }

            return count;
        }));
        Console.WriteLine($"baseline: GET /healthz{done.Sum() / Window.TotalSeconds,31:0} requests/s");
    }

    private static async Task MeasureAsync(DoorFixture door, string what, int batch, Func<string> certificate, int limit = int.MaxValue, bool quiet = false)
    {
        var latencies = new Samples();
        var budget = limit;
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(door.Readers.Select(async reader =>
        {
            var address = new Uri($"/pointage/?uuid={reader}", UriKind.Relative);
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < Window && Interlocked.Add(ref budget, -batch) >= 0)
            {
                using var body = new ByteArrayContent(Body(batch, certificate));
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                var sent = Stopwatch.GetTimestamp();
                using var answer = await door.Client.PostAsync(address, body);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                latencies.Add(sent);
                count += batch;
            }

            return count;
        }));
        if (!quiet)
        {
            Console.WriteLine($"{what,-48} {counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds,8:0} events/s, {latencies}");
        }
    }

    private static byte[] Body(int batch, Func<string> certificate)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var text = new StringBuilder("{\"limit\":1,\"since\":").Append(now + 3600).Append(",\"events\":[");
        for (var i = 0; i < batch; i++)
        {
            text.Append(i == 0 ? "" : ",").Append("{\"certificate\":\"").Append(certificate()).Append("\",\"event\":\"")
                .Append(Guid.NewGuid()).Append("\",\"timestamp\":").Append(now).Append('}');
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
