using Actors.TestKit.Gossip;

namespace Actors.Unit.Tests.Tallying.Gossip;

public sealed class GossipSimulationTests
{
    private static readonly GossipScenario Rough = new()
    {
        Loss = 0.1,
        Duplication = 0.1,
        MaxLatency = TimeSpan.FromMilliseconds(80),
        Partitions = 1,
        Crashes = 1,
        Joins = 1,
        Leaves = 1,
    };

    [Fact]
    public void Run_OfThousandsOfSmallCampaigns_Converges()
    {
        Converge(2_000, seed => Rough with
        {
            Readers = 2 + seed % 11,
            ReadersPerHome = 1 + seed % 3,
            Loss = seed % 5 * 0.1,
            Partitions = seed % 3,
            Crashes = seed % 4,
            Joins = seed % 3,
            Leaves = seed % 2,
            Events = 15,
        });
    }

    [Fact]
    public void Run_OfCampaignsOfFiftyReaders_Converges() =>
        Converge(25, seed => Rough with { Readers = 50, Events = 50, Crashes = 3, Joins = 5, Leaves = 5, ReadersPerHome = 1 + seed % 5 });

    [Fact]
    public void Run_OfAThousandReadersInThreeProcesses_Converges() =>
        Converge(3, _ => Rough with { Readers = 1_000, ReadersPerHome = 340, Events = 200 });

    [Fact]
    public void Run_OfAThousandReadersEachAlone_Converges() =>
        Converge(1, _ => Rough with { Readers = 1_000, Events = 5, Crashes = 10 });

    [Fact]
    public void Run_WithRecordsThatExpire_Converges() =>
        Converge(50, seed => Rough with { Readers = 2 + seed % 9, Events = 60, Duration = TimeSpan.FromSeconds(20), Retention = TimeSpan.FromSeconds(5 + seed % 9) });

    [Fact]
    public void Run_Again_IsTheSame()
    {
        var scenario = Rough with { Readers = 9, Crashes = 2 };
        Assert.Equal(GossipSimulation.Run(scenario, 7), GossipSimulation.Run(scenario, 7));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Run_WithAPlantedFault_IsNoticed(bool keepsNews, bool neverCompares)
    {
        // each fault where only what it breaks can help: news in good weather, comparing in bad
        var scenario = neverCompares
            ? Rough with { NeverCompares = true }
            : new GossipScenario { Readers = 30, Events = 10, KeepsNews = keepsNews, Patience = TimeSpan.FromMilliseconds(900) };
        var failures = Enumerable.Range(1, 20).Count(seed => GossipSimulation.Run(scenario, seed).Failure is not null);
        var sound = Enumerable.Range(1, 20).Count(seed =>
            GossipSimulation.Run(scenario with { KeepsNews = false, NeverCompares = false }, seed).Failure is not null);

        Assert.InRange(failures, 15, 20);
        Assert.Equal(0, sound);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Run_OfOneEventInGoodWeather_TakesFewMessagesAndRounds(int readers)
    {
        var outcome = GossipSimulation.Run(new GossipScenario { Readers = readers, Events = 1, Duration = TimeSpan.FromSeconds(1) }, seed: 3);

        Assert.Null(outcome.Failure);
        Assert.InRange(outcome.NewsMessages, readers - 1, 4 * readers);
        Assert.InRange(outcome.Rounds, 1, 4 + (int)Math.Ceiling(Math.Log2(readers)));
    }

    private static void Converge(int runs, Func<int, GossipScenario> scenario)
    {
        var failures = Enumerable.Range(1, runs).Select(seed => GossipSimulation.Run(scenario(seed), seed).Failure).OfType<string>().ToList();
        Assert.True(failures.Count == 0, $"{failures.Count} of {runs} runs failed; {string.Join("; ", failures.Take(3))}");
    }
}
