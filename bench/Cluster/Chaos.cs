using System.Globalization;
using Actors.TestKit.Histories;
using Actors.TestKit.Loads;
using Actors.TestKit.Processes;

namespace Actors.Bench.Cluster;

/// <summary>
/// The built programs under load while silos are killed, frozen and cut off, servers killed and the database restarted, by
/// chance but repeatable; then everything that clients were told is compared with the log.
/// </summary>
internal sealed class Chaos(ProcessCluster cluster, ScanLoad load, ChaosFaults faults)
{
    private const int Silos = 3;
    private const int Apis = 2;
    private const int Readers = 12;
    private const int DefaultKills = 30;
    private const int ScansBetween = 5;
    private const string Campaign = "chaos";

    /// <param name="arguments"><c>--kills N</c>, <c>--seed S</c>.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var kills = Number(arguments, "--kills") ?? DefaultKills;
        var seed = Number(arguments, "--seed") ?? Random.Shared.Next();
        Console.WriteLine($"{kills} rounds of faults, --seed {seed}");
        await using var cluster = await ProcessCluster.StartAsync(Silos, Apis, CancellationToken.None);
        var venue = await Venue.OpenAsync(cluster.Apis[0].Process, Campaign, Readers, CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();
        await using var load = ScanLoad.Start(venue, [.. cluster.Apis.Select(api => api.Process)], new ScanHistory());
        var chaos = new Chaos(cluster, load, new ChaosFaults(cluster, new Random(seed)));
        await chaos.RunAsync(kills);
        await load.StopAsync(CancellationToken.None);
        var violations = load.History.Check(await StoredLog.ReadAsync(cluster.Database, Campaign, CancellationToken.None));
        ChaosReport.Print(load.History, chaos.Done, violations, TimeProvider.System.GetElapsedTime(started));
        Environment.ExitCode = violations.IsEmpty ? 0 : 1;
    }

    /// <summary>How often each fault was made.</summary>
    public SortedDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    private static int? Number(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : null;

    private async Task RunAsync(int kills)
    {
        await load.UntilServedAsync(ScansBetween, CancellationToken.None);
        for (var round = 0; round < kills; round++)
        {
            // A kill in each round; mostly something else before, after or at the same time.
            var kill = MakeAsync(faults.Kill());
            if (faults.HasCompany)
            {
                await MakeAsync(faults.Other());
            }

            await kill;
            await MakeAsync(faults.Now());
            await cluster.UntilWholeAsync(CancellationToken.None);
            await load.UntilServedAsync(ScansBetween, CancellationToken.None);
        }
    }

    private async Task MakeAsync(ChaosFault? fault)
    {
        if (fault is not null)
        {
            Done[fault.Name] = Done.GetValueOrDefault(fault.Name) + 1;
            await fault.RunAsync();
        }
    }
}
