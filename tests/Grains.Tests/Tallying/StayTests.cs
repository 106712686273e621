using Actors.Tallying;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Which scan is the first, through readers and certificates, on each storage.</summary>
public abstract class StayTests(bool sqlite)
{
    [Fact]
    public async Task Sync_SecondScanOnline_IsToldWhoWasFirst()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var first = world.Scan(certificate);

        Assert.Equal(ScanOutcome.First, (await world.ScanAsync(north, first)).Outcome);
        var seenAt = world.Now;
        world.PassSeconds(60);
        var second = await world.ScanAsync(south, world.Scan(certificate));

        Assert.Equal(ScanOutcome.Duplicate, second.Outcome);
        Assert.Equal(new FirstScan(first.EventId, north, "North", seenAt), second.First);
    }

    [Fact]
    public async Task Sync_RepeatedEvents_GetTheirOldAnswers()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var (first, second) = (world.Scan(certificate), world.Scan(certificate, world.Now.AddSeconds(1)));
        world.PassSeconds(2);
        var answers = (North: await world.ScanAsync(north, first), South: await world.ScanAsync(south, second));

        await Repeat("at once");
        await world.Cluster.DeactivateAllAsync();
        await Repeat("after deactivation");
        await world.Cluster.RestartAsync(orderly: false);
        await Repeat("after a restart");
        Assert.Equal(2, (await world.LogAsync()).Count);

        async Task Repeat(string when)
        {
            world.PassSeconds(5);
            var again = await world.ScanAsync(north, first);
            Assert.True(again.Outcome == answers.North.Outcome, when);
            Assert.Equal(answers.South, await world.ScanAsync(south, second));
        }
    }

    [Fact]
    public async Task Sync_EventKnownFromAnotherReader_IsAnsweredFromItsRow()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var scan = world.Scan(certificate);
        await world.ScanAsync(north, scan);

        Assert.Equal(ScanOutcome.First, (await world.ScanAsync(south, scan)).Outcome);
        Assert.Equal(north, Assert.Single(await world.LogAsync()).ReaderId);
    }

    [Fact]
    public async Task Sync_EarlierOfflineScan_TakesThePlaceOfTheFirst()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, online, offline) = (await world.NewCertificateAsync(), await world.NewReaderAsync("Online"), await world.NewReaderAsync("Offline"));
        var early = world.Scan(certificate);
        world.PassSeconds(60);
        var late = world.Scan(certificate);
        await world.ScanAsync(online, late);
        world.PassSeconds(600);
        var (pageOnline, _) = await ConnectedPage.OpenAsync(world, online);
        var (pageOffline, _) = await ConnectedPage.OpenAsync(world, offline);

        var answer = await world.ScanAsync(offline, early);

        Assert.Equal(ScanOutcome.Duplicate, answer.Outcome);
        Assert.Equal(early.EventId, answer.First!.EventId);
        var conflict = new ScanConflict(late.EventId, certificate, new FirstScan(early.EventId, offline, "Offline", early.ReaderTime));
        Assert.Equal(conflict, await pageOnline.NextConflictAsync());
        Assert.Equal(conflict with { EventId = early.EventId }, await pageOffline.NextConflictAsync());

        var log = await world.LogAsync();
        Assert.Equal([late.EventId, early.EventId, log[2].EventId], log.Select(e => e.EventId));
        Assert.Equal([ScanOutcome.First, ScanOutcome.Duplicate], log.Take(2).Select(e => e.Outcome));
        Assert.Equal((TallyEventType.Reorder, late.EventId, early.EventId), (log[2].Type, log[2].RelatedEventId, log[2].WinnerEventId));

        // outcomes never change, and who is first now is told from then on
        Assert.Equal(ScanOutcome.First, (await world.ScanAsync(online, late)).Outcome);
        Assert.Equal(answer, await world.ScanAsync(offline, early));
        Assert.Equal(early.EventId, (await world.ScanAsync(online, world.Scan(certificate))).First!.EventId);
        Assert.Equal(4, (await world.LogAsync()).Count);
    }

    [Theory]
    [InlineData(600, false)]
    [InlineData(1, true)]
    public async Task Sync_LaterOfflineScan_LeavesTheFirstAndTellsBoth(int seconds, bool saysSo)
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, online, offline) = (await world.NewCertificateAsync(), await world.NewReaderAsync("Online"), await world.NewReaderAsync("Offline"));
        var first = world.Scan(certificate);
        await world.ScanAsync(online, first);
        world.PassSeconds(60);
        var later = world.Scan(certificate) with { Offline = saysSo };
        world.PassSeconds(seconds);
        var (pageOnline, _) = await ConnectedPage.OpenAsync(world, online);
        var (pageOffline, _) = await ConnectedPage.OpenAsync(world, offline);

        var answer = await world.ScanAsync(offline, later);

        Assert.Equal((ScanOutcome.Duplicate, first.EventId), (answer.Outcome, answer.First!.EventId));
        Assert.Equal((first.EventId, first.EventId), Ids(await pageOnline.NextConflictAsync()));
        Assert.Equal((later.EventId, first.EventId), Ids(await pageOffline.NextConflictAsync()));
        Assert.Equal(2, (await world.LogAsync()).Count);

        static (Guid, Guid) Ids(ScanConflict conflict) => (conflict.EventId, conflict.First.EventId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_SameTime_IsDecidedByTheUuid(bool newcomerIsSmaller)
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var small = Guid.Parse("01000000-0000-4000-8000-0000000000ff");
        var large = Guid.Parse("01000000-0000-4000-8000-0100000000fe");
        var at = world.Now;

        await world.ScanAsync(north, world.Scan(certificate, at, newcomerIsSmaller ? large : small));
        var newcomer = await world.ScanAsync(south, world.Scan(certificate, at, newcomerIsSmaller ? small : large));

        Assert.Equal((ScanOutcome.Duplicate, small), (newcomer.Outcome, newcomer.First!.EventId));
        Assert.Equal(newcomerIsSmaller ? 3 : 2, (await world.LogAsync()).Count);
    }

    [Fact]
    public async Task Sync_ManyReadersAtOnce_GiveOneFirst()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var certificate = await world.NewCertificateAsync();
        var readers = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            readers.Add(await world.NewReaderAsync($"Gate {i}"));
        }

        var answers = await Task.WhenAll(readers.Select(reader => world.ScanAsync(reader, world.Scan(certificate))));

        Assert.Single(answers, answer => answer.Outcome == ScanOutcome.First);
        Assert.Equal(19, answers.Count(answer => answer.Outcome == ScanOutcome.Duplicate));
        Assert.Single(await world.LogAsync(), e => e.Outcome == ScanOutcome.First);
    }

    [Fact]
    public async Task Sync_RefusedScans_AreKeptWithTheirOutcome()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        await world.Cluster.Grains.GetCampaignGrain(new CampaignKey("other")).SaveAsync("Other");
        var reader = await world.NewReaderAsync();
        var revoked = await world.NewCertificateAsync();
        await world.Certificate(revoked).RevokeAsync(TallyWorld.Campaign);
        var scans = new (Guid Certificate, ScanOutcome Outcome)[]
        {
            (Guid.NewGuid(), ScanOutcome.Unknown),
            (await world.NewCertificateAsync(campaign: "other"), ScanOutcome.Foreign),
            (await world.NewCertificateAsync(end: world.Now), ScanOutcome.Expired),
            (await world.NewCertificateAsync(start: world.Now.AddSeconds(1)), ScanOutcome.Early),
            (revoked, ScanOutcome.Revoked),
        };
        var reports = scans.Select(scan => world.Scan(scan.Certificate)).ToArray();

        var answers = await world.SyncAsync(reader, reports);

        Assert.Equal(scans.Select(scan => scan.Outcome), answers.Select(answer => answer.Outcome));
        Assert.Equal(answers, await world.SyncAsync(reader, reports));
        var log = await world.LogAsync();
        Assert.Equal(
            scans.OrderBy(scan => scan.Certificate).Select(scan => scan.Outcome),
            log.OrderBy(e => e.CertificateId).Select(e => e.Outcome));
    }

    [Fact]
    public async Task Sync_CertificateMadeAfterItsFirstScan_StartsThen()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (reader, id) = (await world.NewReaderAsync(), Guid.NewGuid());
        var early = world.Scan(id);
        Assert.Equal(ScanOutcome.Unknown, (await world.ScanAsync(reader, early)).Outcome);

        await world.Certificate(id).SaveAsync(new SaveCertificate(TallyWorld.Campaign, [], [], null, null));

        Assert.Equal(ScanOutcome.Unknown, (await world.ScanAsync(reader, early)).Outcome);
        Assert.Equal(ScanOutcome.First, (await world.ScanAsync(reader, world.Scan(id))).Outcome);
    }

    [Fact]
    public async Task Sync_RevokedAfterItsFirstScan_IsRevokedEvenForEarlierScans()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var before = world.Scan(certificate);
        world.PassSeconds(1);
        var first = world.Scan(certificate);
        await world.ScanAsync(north, first);
        Assert.True((await world.Certificate(certificate).RevokeAsync(TallyWorld.Campaign))!.Revoked);

        Assert.Equal(ScanOutcome.Revoked, (await world.ScanAsync(south, before)).Outcome);
        Assert.Equal(ScanOutcome.First, (await world.ScanAsync(north, first)).Outcome);
    }

    [Fact]
    public async Task Sync_TenThousandScans_AreAllDecidedInOneOrder()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var scans = Enumerable.Range(0, 10_000)
            .Select(i => world.Scan(i % 100 == 0 ? certificate : Guid.NewGuid(), world.Now.AddMilliseconds(-i)))
            .ToList();
        foreach (var part in scans.Chunk(1_000))
        {
            var answers = await world.SyncAsync(reader, part);
            Assert.DoesNotContain(answers, answer => answer.Outcome == ScanOutcome.Unconfirmed);
        }

        var log = await world.LogAsync();
        Assert.Equal(scans.Select(scan => scan.EventId).Order(), log.Where(e => e.Type == TallyEventType.Seen).Select(e => e.EventId).Order());
        Assert.Equal(log.Select(e => e.Position).Order().Distinct(), log.Select(e => e.Position));
        Assert.Single(log, e => e.Outcome == ScanOutcome.First);
    }
}

public sealed class MemoryStayTests() : StayTests(sqlite: false);

public sealed class SqliteStayTests() : StayTests(sqlite: true);
