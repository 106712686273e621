using Actors.Tallying;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Readers: who may, whose clock lies, what is listed.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task Sync_ReaderThatMayNot_IsTold()
    {
        await using var world = await TallyWorld.StartAsync();
        var silent = await world.NewReaderAsync(tally: false);
        var expired = await world.NewReaderAsync(end: world.Now);
        var early = await world.NewReaderAsync(start: world.Now.AddSeconds(1));
        var command = new SyncScans([world.Scan(Guid.NewGuid())], ReaderNow: null);

        Assert.Equal(ReaderStatus.Unknown, (await world.Reader(Guid.NewGuid()).SyncAsync(command)).Status);
        Assert.Equal(ReaderStatus.NotTallying, (await world.Reader(silent).SyncAsync(command)).Status);
        Assert.Equal(ReaderStatus.Expired, (await world.Reader(expired).SyncAsync(command)).Status);
        Assert.Equal(ReaderStatus.Early, (await world.Reader(early).SyncAsync(command)).Status);
        Assert.Empty(await world.LogAsync());
        world.PassSeconds(1);
        Assert.Equal(ReaderStatus.Usable, (await world.Reader(early).SyncAsync(command)).Status);
    }

    [Fact]
    public async Task Save_OtherOrUnknownCampaign_IsRefused()
    {
        await using var world = await TallyWorld.StartAsync();
        await world.Cluster.Grains.GetCampaignGrain(new CampaignKey("other")).SaveAsync("Other");
        var reader = await world.NewReaderAsync();
        var command = new SaveReader("other", "Mine now", [], Tally: true, OfflineRoster: true, null, null);

        Assert.Equal(SaveReaderStatus.OtherCampaign, (await world.Reader(reader).SaveAsync(command)).Status);
        Assert.Equal(SaveReaderStatus.UnknownCampaign, (await world.Reader(Guid.NewGuid()).SaveAsync(command with { Campaign = "none" })).Status);
        Assert.Equal("Gate", (await world.Reader(reader).GetAsync())!.Name);
    }

    [Fact]
    public async Task Sync_ClockToldWrong_IsCorrectedByItsOffset()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        world.PassSeconds(3600);
        var behind = TimeSpan.FromDays(-400);
        var scannedAt = world.Now.AddSeconds(-30);

        await world.SyncAsync(reader, world.Now + behind, world.Scan(certificate, scannedAt + behind));

        var logged = Assert.Single(await world.LogAsync());
        Assert.Equal((scannedAt, scannedAt + behind, world.Now, -behind), (logged.Time, logged.ReaderTime, logged.ReceivedAt, logged.Offset));
    }

    [Fact]
    public async Task Sync_ScanFromTheFuture_CountsAtItsReception()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());

        await world.ScanAsync(reader, world.Scan(certificate, DateTimeOffset.MaxValue));

        Assert.Equal(world.Now, Assert.Single(await world.LogAsync()).Time);
    }

    [Fact]
    public async Task Sync_ClockThatLies_CannotWin()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, honest, liar) = (await world.NewCertificateAsync(), await world.NewReaderAsync("Honest"), await world.NewReaderAsync("Liar"));
        var first = world.Scan(certificate);
        await world.ScanAsync(honest, first);
        world.PassSeconds(1);
        await world.ScanAsync(liar, world.Scan(Guid.NewGuid()));
        var lastSync = world.Now;
        world.PassSeconds(10);

        var answer = await world.ScanAsync(liar, world.Scan(certificate, world.Now.AddYears(-10)));

        Assert.Equal((ScanOutcome.Duplicate, first.EventId), (answer.Outcome, answer.First!.EventId));
        Assert.Equal(lastSync, (await world.LogAsync())[^1].Time);
    }

    [Fact]
    public async Task Sync_ClockThatLiesAfterARestart_CannotWin()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, liar) = (await world.NewCertificateAsync(), await world.NewReaderAsync("Liar"));
        await world.ScanAsync(liar, world.Scan(Guid.NewGuid()));
        var lastSync = world.Now;
        world.PassSeconds(10);
        await world.Cluster.RestartAsync();

        await world.ScanAsync(liar, world.Scan(certificate, DateTimeOffset.UnixEpoch));

        Assert.Equal(lastSync, (await world.LogAsync())[^1].Time);
    }

    [Fact]
    public async Task Sync_PartsOfOneSynchronisation_KeepTheirTimes()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var scannedAt = world.Now;
        world.PassSeconds(600);
        await world.Reader(reader).SyncAsync(new SyncScans([world.Scan(Guid.NewGuid(), scannedAt)], ReaderNow: null, More: true));
        world.PassSeconds(5);

        await world.ScanAsync(reader, world.Scan(certificate, scannedAt));

        Assert.All(await world.LogAsync(), e => Assert.Equal(scannedAt, e.Time));
    }

    [Fact]
    public async Task Sync_EventTwiceInOneCall_IsOneRow()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var scan = world.Scan(certificate);

        var answers = await world.SyncAsync(reader, scan, scan);

        Assert.All(answers, answer => Assert.Equal(ScanOutcome.First, answer.Outcome));
        Assert.Single(await world.LogAsync());
    }

    [Fact]
    public async Task Sync_OneCertificateTwiceInOneCall_CountsTheEarlierScan()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        world.PassSeconds(10);
        var (later, earlier) = (world.Scan(certificate), world.Scan(certificate, world.Now.AddSeconds(-5)));

        var answers = await world.SyncAsync(reader, later, earlier);

        Assert.Equal([ScanOutcome.Duplicate, ScanOutcome.First], answers.Select(answer => answer.Outcome));
    }

    [Fact]
    public async Task ReadEvents_WithoutCursor_ListsTheLastDay()
    {
        await using var world = await TallyWorld.StartAsync();
        var (north, south) = (await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        await world.ScanAsync(north, world.Scan(Guid.NewGuid()));
        world.Pass(TimeSpan.FromHours(23));
        var recent = world.Scan(Guid.NewGuid());
        await world.ScanAsync(north, recent);
        world.Pass(TimeSpan.FromHours(2));
        var cancellation = TestContext.Current.CancellationToken;

        var page = await world.Reader(south).ReadEventsAsync(0, 500, cancellation);

        Assert.Equal(recent.EventId, Assert.Single(page.Events).EventId);
        Assert.Empty((await world.Reader(south).ReadEventsAsync(page.Cursor, 500, cancellation)).Events);
        Assert.Equal(2, (await world.Reader(south).ReadEventsAsync(1, 500, cancellation)).Events.Length);
        Assert.Single((await world.Reader(south).ReadEventsAsync(long.MaxValue, 500, cancellation)).Events);
        Assert.True((await world.Reader(south).ReadEventsAsync(1, 1, cancellation)).More);
    }
}
