using Actors.Tallying;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Who is inside, and who is told.</summary>
public sealed class CounterTests
{
    [Fact]
    public async Task Counters_OfAnEvening_AreExactAndSurviveARestart()
    {
        await using var world = await TallyWorld.StartAsync(sqlite: true);
        await world.CampaignGrain.SetCapacityAsync(3);
        var (north, south) = (await NewReaderAsync(world, "Nord"), await NewReaderAsync(world, "Sud"));
        var certificates = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            certificates.Add(await world.NewCertificateAsync());
        }

        var wrong = world.Scan(certificates[3]);
        await world.SyncAsync(north, world.Scan(certificates[0]), world.Scan(certificates[1]), wrong);
        await world.ScanAsync(south, world.Scan(certificates[0]));
        await world.ScanAsync(south, world.Scan(certificates[2]));
        Assert.True((await world.CampaignGrain.GetCountersAsync())!.IsFull);
        world.PassSeconds(1);
        await world.ScanAsync(north, world.Scan(certificates[3]) with { Type = TallyEventType.Undo, RelatedEventId = wrong.EventId });
        await world.ScanAsync(south, world.Scan(certificates[0]) with { Type = TallyEventType.Exit });
        await world.ScanAsync(south, world.Scan(Guid.Empty) with { Type = TallyEventType.Refused, Refusal = ScanOutcome.Forged });

        await ShouldBeAsync("at once");
        world.PassSeconds(10);
        await world.Cluster.DeactivateAllAsync();
        await ShouldBeAsync("after what was stored");
        await world.ScanAsync(south, world.Scan(certificates[0]));
        await world.Cluster.RestartAsync(orderly: false);
        Assert.Equal(3, (await world.CampaignGrain.GetCountersAsync())!.Inside);

        async Task ShouldBeAsync(string when)
        {
            var counters = (await world.CampaignGrain.GetCountersAsync())!;
            Assert.True((counters.Entries, counters.Exits, counters.Inside, counters.Capacity) == (3, 1, 2, 3), when + ": " + counters);
            Assert.Equal([new GateCount("Nord", 2, 0), new GateCount("Sud", 1, 1)], counters.Gates);
            var statistics = (await world.CampaignGrain.GetStatisticsAsync())!;
            var quarter = Assert.Single(statistics.Quarters);
            Assert.Equal((5L, 3L, 1L, 1L), (quarter.Seen, quarter.Entries, quarter.Exits, quarter.Refused));
            Assert.Equal(5, statistics.Seen);
        }
    }

    [Fact]
    public async Task Page_IsToldOfNumbersThatChanged()
    {
        await using var world = await TallyWorld.StartAsync();
        var (door, other) = (await NewReaderAsync(world, "Nord"), await NewReaderAsync(world, "Sud"));
        var (page, _) = await ConnectedPage.OpenAsync(world, other);

        await world.ScanAsync(door, world.Scan(await world.NewCertificateAsync()));
        await ToldAsync(world, page, 1);
        await world.ScanAsync(door, world.Scan(await world.NewCertificateAsync()));
        await world.ScanAsync(door, world.Scan(await world.NewCertificateAsync()));
        await ToldAsync(world, page, 3);
    }

    [Fact]
    public async Task Page_IsToldThoughCountingFailedAfterTheLastEvent()
    {
        var faults = new Faults();
        await using var world = await TallyWorld.StartAsync(configure: options => options.Services = faults.Install);
        var door = await NewReaderAsync(world, "Nord");
        var (page, _) = await ConnectedPage.OpenAsync(world, door);
        await world.ScanAsync(door, world.Scan(await world.NewCertificateAsync()));
        await ToldAsync(world, page, 1);

        faults.Reads = 3;
        await world.ScanAsync(door, world.Scan(await world.NewCertificateAsync()));

        await ToldAsync(world, page, 2);
    }

    private static async Task ToldAsync(TallyWorld world, ConnectedPage page, long inside)
    {
        long last;
        do
        {
            var told = page.NextCountersAsync();
            while (!told.IsCompleted)
            {
                // the board asks at intervals; a clock that ran freely would end its calls
                world.PassSeconds(1);
                await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
            }

            last = (await told).Inside;
        }
        while (last < inside);
    }

    private static async Task<Guid> NewReaderAsync(TallyWorld world, string gate)
    {
        var id = Guid.NewGuid();
        await world.Reader(id).SaveAsync(new SaveReader(TallyWorld.Campaign, gate, [], Tally: true, OfflineRoster: false, null, null, gate));
        return id;
    }
}
