using System.Diagnostics;
using System.Net.Http.Json;
using Actors.Bench.Support;
using Actors.TestKit.Processes;

namespace Actors.Bench.Printing;

/// <summary>From POST /qr to the frame at the terminal; what idle terminals cost; how soon all are served again after a crash.</summary>
public static class PrintTerminals
{
    private const int Jobs = 300;
    private const int StormTerminals = 500;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync()
    {
        await using var server = await ApiProcess.StartAsync(CancellationToken.None, "--MAX_PAGE_COUNT", "50");
        using var shop = new PrintShop(server);
        await shop.OpenAsync();
        using var client = server.CreateClient(admin: false);
        var terminals = new List<BenchTerminal>();
        Console.WriteLine("from POST /qr to the job's frame at the terminal (print-api: p50 240 ms, p99 496 ms)");
        foreach (var count in (int[])[1, 100, 1_000])
        {
            var before = server.ResidentBytes;
            var added = (await shop.NewTerminalsAsync(count - terminals.Count)).Select(token => new BenchTerminal(server.BaseAddress, token)).ToList();
            var connecting = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(added, new ParallelOptions { MaxDegreeOfParallelism = 500 }, async (terminal, _) => await terminal.ConnectAsync());
            var connected = Stopwatch.GetElapsedTime(connecting);
            terminals.AddRange(added);
            await Task.Delay(Rest, TimeProvider.System);
            var after = server.ResidentBytes;
            await JobsAsync(client, shop, terminals, 20);
            Console.WriteLine($"{count,6} terminals: {await JobsAsync(client, shop, terminals, Jobs)}; the last {added.Count} connected in {connected.TotalMilliseconds:0} ms");
            if (count > 100)
            {
                Console.WriteLine($"         memory: {(after - before) / added.Count / 1000.0:0.0} KB each at rest; resident after the jobs {server.ResidentBytes / 1_000_000} MB");
            }
        }

        await StormAsync(server, terminals);
        foreach (var terminal in terminals)
        {
            await terminal.DisposeAsync();
        }
    }

    private static async Task<Samples> JobsAsync(HttpClient client, PrintShop shop, List<BenchTerminal> terminals, int jobs)
    {
        var samples = new List<double>();
        var baseline = new List<double>();
        var pin = await shop.NewFileAsync();
        for (var i = 0; i < jobs; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            using (var health = await client.GetAsync(new Uri("/healthz", UriKind.Relative)))
            {
                baseline.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            var terminal = terminals[i * 7 % terminals.Count];
            var job = terminal.JobAsync();
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsJsonAsync(new Uri("/print/qr", UriKind.Relative), new { qr_token = terminal.QrToken, files = new[] { pin } });
            if (answer.IsSuccessStatusCode)
            {
                samples.Add(Stopwatch.GetElapsedTime(started, await job).TotalMilliseconds);
            }
        }

        if (jobs >= Jobs)
        {
            Console.WriteLine($"         baseline GET /healthz by the same client: {Samples.Of(baseline)}; {samples.Count} of {jobs} jobs were taken");
        }

        return Samples.Of(samples);
    }

    private static async Task StormAsync(ApiProcess server, List<BenchTerminal> terminals)
    {
        var some = terminals.Take(StormTerminals).ToList();
        foreach (var terminal in terminals.Skip(StormTerminals))
        {
            await terminal.DisposeAsync();
        }

        terminals.RemoveRange(StormTerminals, terminals.Count - StormTerminals);
        await server.KillAsync();
        var coming = some.Select(terminal => terminal.ReconnectAsync(BetweenTries)).ToList();
        var start = Stopwatch.GetTimestamp();
        await server.RestartAsync(CancellationToken.None, "--MAX_PAGE_COUNT", "50");
        var up = Stopwatch.GetElapsedTime(start);
        await Task.WhenAll(coming);
        var served = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"kill -9 with {some.Count} terminals that try again every {BetweenTries.TotalMilliseconds:0} ms: the server answers after {up.TotalMilliseconds:0} ms, all show a code {(served - up).TotalMilliseconds:0} ms later");
    }
}
