using System.Globalization;
using Actors.TestKit.Gossip;

namespace Actors.Bench.Gossip;

/// <summary>Rounds and messages per event of the simulated gossip, against the number of readers.</summary>
public static class GossipRounds
{
    private const int Runs = 5;
    private static readonly int[] Sizes = [2, 5, 10, 20, 50, 100, 200, 500, 1_000];

    public static Task RunAsync()
    {
        Console.WriteLine($"Every reader in a process of its own, 1 to 5 ms per message, means of {Runs} seeds (rounds and times: the worst).");
        Print("One event in good weather", _ => new GossipScenario { Events = 1, Duration = TimeSpan.FromSeconds(1) });
        Print("200 events in one second (n above 200: 50)", n => new GossipScenario { Events = n > 200 ? 50 : 200, Duration = TimeSpan.FromSeconds(1) });
        Print("20 events in 5 seconds, a tenth of all messages lost, a tenth twice", _ => new GossipScenario { Loss = 0.1, Duplication = 0.1 });
        Print("The same readers in 3 processes: one event", n => new GossipScenario { Events = 1, Duration = TimeSpan.FromSeconds(1), ReadersPerHome = (n + 2) / 3 });
        Print("The same readers in 3 processes: 200 events in one second", n => new GossipScenario { Events = 200, Duration = TimeSpan.FromSeconds(1), ReadersPerHome = (n + 2) / 3 });
        GossipMemory.Print();
        return Task.CompletedTask;
    }

    private static void Print(string what, Func<int, GossipScenario> scenario)
    {
        Console.WriteLine();
        Console.WriteLine(what);
        Console.WriteLine();
        Console.WriteLine("| readers n | log2 n | rounds | messages per event | per n | 4n | n² | copies per event | known by all, ms | digest, bytes at most |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var size in Sizes)
        {
            var events = scenario(size).Events;
            var runs = Enumerable.Range(1, Runs).Select(seed => GossipSimulation.Run(scenario(size) with { Readers = size }, seed)).ToList();
            if (runs.Find(run => run.Failure is not null) is { } failed)
            {
                Console.WriteLine($"FAILED: {failed.Failure}");
                Environment.ExitCode = 1;
                return;
            }

            var messages = runs.Average(run => run.NewsMessages) / events;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {size} | {Math.Log2(size):0.0} | {runs.Max(run => run.Rounds)} | {messages:0.0} | {messages / size:0.00} | {4 * size} | {(long)size * size} "
                + $"| {runs.Average(run => run.Copies) / events:0.0} | {runs.Max(run => run.KnownByAll).TotalMilliseconds:0} | {runs.Max(run => run.LargestDigest)} |"));
        }
    }
}
