using Actors.Tallying;
using Actors.Tallying.Feed;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Connected pages are told what all readers see, in the log's order and without a gap.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Push_ScanOfAnotherReader_ComesAtOnce()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var (page, _) = await ConnectedPage.OpenAsync(world, south);
        var scan = world.Scan(certificate);

        await world.ScanAsync(north, scan);

        var pushed = await page.NextPageAsync();
        var tallied = Assert.Single(pushed.Events);
        Assert.Equal((scan.EventId, north, ScanOutcome.First), (tallied.EventId, tallied.ReaderId, tallied.Outcome));
        Assert.Equal((tallied.Position, false), (pushed.Cursor, pushed.More));
    }

    [Fact]
    public async Task Push_ManyReadersAtOnce_IsContiguousAndComplete()
    {
        const int Readers = 8;
        const int Rounds = 25;
        await using var world = await TallyWorld.StartAsync(configure: options => options.RealTime = true);
        var readers = new List<Guid>();
        for (var i = 0; i < Readers; i++)
        {
            readers.Add(await world.NewReaderAsync($"Gate {i}"));
        }

        var (page, _) = await ConnectedPage.OpenAsync(world, readers[0]);
        await Task.WhenAll(readers.Select(async reader =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await world.ScanAsync(reader, new ScanReport(Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UnixEpoch));
            }
        }));

        // an event behind a gap is told before those in the gap: a connection puts them in order
        var connection = new PushOrder(inOrder: true);
        var (arrived, events) = (new List<TallyEvent>(), new List<TallyEvent>());
        long? cursor = null;
        while (events.Count < Readers * Rounds)
        {
            var pushed = await page.NextPageAsync();
            arrived.AddRange(pushed.Events);
            if (connection.Take(pushed) is { } sent)
            {
                Assert.True(cursor is null || cursor == sent.After, "a page begins where the last one ended");
                cursor = sent.Cursor;
                events.AddRange(sent.Events);
            }
        }

        var log = await world.LogAsync();
        Assert.Equal(log, events);
        Assert.Equal(log, arrived.OrderBy(tallied => tallied.Position));
    }

    [Fact]
    public async Task Push_FarBehind_TellsToAsk()
    {
        await using var world = await TallyWorld.StartAsync();
        var (north, south) = (await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var (page, _) = await ConnectedPage.OpenAsync(world, south);

        await world.SyncAsync(north, [.. Enumerable.Range(0, 1_000).Select(_ => world.Scan(Guid.NewGuid()))]);

        var pushed = await page.NextPageAsync();
        Assert.True(pushed.More);
        Assert.Equal(500, pushed.Events.Length);
        var rest = await world.Reader(south).ReadEventsAsync(pushed.Cursor, 1_000, TestContext.Current.CancellationToken);
        Assert.Equal(500, rest.Events.Length);

        // and from then on it is told again what is new
        var scan = world.Scan(Guid.NewGuid());
        await world.ScanAsync(north, scan);
        world.PassSeconds(1);
        var next = await page.NextPageAsync();
        Assert.Equal((rest.Cursor, scan.EventId), (next.After, Assert.Single(next.Events).EventId));
    }

    [Fact]
    public async Task Push_AfterUnsubscribing_Ends()
    {
        await using var world = await TallyWorld.StartAsync();
        var (north, south) = (await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var (gone, reference) = await ConnectedPage.OpenAsync(world, south);
        var (page, _) = await ConnectedPage.OpenAsync(world, south);
        await world.Reader(south).UnsubscribeAsync(reference);

        await world.ScanAsync(north, world.Scan(Guid.NewGuid()));

        await page.NextPageAsync();
        Assert.False(gone.HasPages);
    }

    [Fact]
    public async Task Configuration_ReaderKeysOrRevocationsChanged_IsTold()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var (page, _) = await ConnectedPage.OpenAsync(world, reader);

        await world.Reader(reader).SaveAsync(new SaveReader(TallyWorld.Campaign, "Renamed", [], Tally: true, OfflineRoster: false, null, null));
        await page.NextConfigurationAsync();
        await world.CampaignGrain.RotateKeyAsync();
        await page.NextConfigurationAsync();
        world.PassSeconds(1);
        await world.Certificate(certificate).RevokeAsync(TallyWorld.Campaign);
        world.PassSeconds(1);
        await page.NextConfigurationAsync();
    }
}
