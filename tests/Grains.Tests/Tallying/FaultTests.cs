using Actors.Tallying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Storage that fails at each step: what is answered holds, what is not is decided later, and nothing twice.</summary>
public sealed class FaultTests
{
    private readonly Faults _faults = new();

    [Fact]
    public async Task Sync_LogFull_AnswersNothingAndKeepsNothing()
    {
        await using var world = await StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var scan = world.Scan(certificate);

        _faults.Append = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.ScanAsync(reader, scan));
        _faults.Append = false;

        Assert.Empty(await world.LogAsync());
        Assert.Equal(ScanOutcome.First, (await world.ScanAsync(reader, scan)).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_RestartBetweenDecisionAndRecord_RecordsTheOldDecision(bool pageComesBack)
    {
        await using var world = await StartAsync();
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        var first = world.Scan(certificate);
        _faults.Decide = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.ScanAsync(north, first));
        Assert.Empty(await world.LogAsync());

        await world.Cluster.RestartAsync(orderly: false);
        _faults.Decide = false;
        if (pageComesBack)
        {
            Assert.Equal(ScanOutcome.First, (await world.ScanAsync(north, first)).Outcome);
        }
        else
        {
            world.PassSeconds(60);
            await SweepAsync(world);
        }

        var logged = Assert.Single(await world.LogAsync());
        Assert.Equal((first.EventId, ScanOutcome.First), (logged.EventId, logged.Outcome));
        world.PassSeconds(1);
        Assert.Equal((ScanOutcome.Duplicate, first.EventId), Of(await world.ScanAsync(south, world.Scan(certificate))));
    }

    [Fact]
    public async Task Sync_RestartBetweenDisplacementAndRecord_StillRecordsTheReorder()
    {
        await using var world = await StartAsync();
        var (certificate, online, offline) = (await world.NewCertificateAsync(), await world.NewReaderAsync("Online"), await world.NewReaderAsync("Offline"));
        var early = world.Scan(certificate);
        world.PassSeconds(60);
        var late = world.Scan(certificate);
        await world.ScanAsync(online, late);
        _faults.Decide = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.ScanAsync(offline, early));
        _faults.Decide = false;
        await world.Cluster.RestartAsync(orderly: false);

        Assert.Equal((ScanOutcome.Duplicate, early.EventId), Of(await world.ScanAsync(offline, early)));

        var reorder = Assert.Single(await world.LogAsync(), e => e.Type == TallyEventType.Reorder);
        Assert.Equal((late.EventId, early.EventId), (reorder.RelatedEventId, reorder.WinnerEventId));
    }

    [Fact]
    public async Task Sync_CertificateUnreachable_IsUnconfirmedAndDecidedLater()
    {
        await using var world = await StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var scan = world.Scan(certificate);
        _faults.State = "certificate-stay";
        await world.Cluster.DeactivateAllAsync();

        var answer = await world.ScanAsync(reader, scan);
        Assert.Equal((ScanOutcome.Unconfirmed, (FirstScan?)null), (answer.Outcome, answer.First));
        Assert.Empty(await world.LogAsync());

        _faults.State = null;
        await world.Reader(reader).OfferPendingAsync();

        Assert.Equal(ScanOutcome.First, Assert.Single(await world.LogAsync()).Outcome);
        Assert.Equal(ScanOutcome.First, (await world.ScanAsync(reader, scan)).Outcome);
    }

    [Fact]
    public async Task Sync_OneCertificateUnreachable_HoldsUpNoOther()
    {
        await using var world = await StartAsync();
        var reader = await world.NewReaderAsync();
        var (good, bad) = (await world.NewCertificateAsync(), await world.NewCertificateAsync());
        await world.ScanAsync(reader, world.Scan(good));
        _faults.State = "certificate";

        var answers = await world.SyncAsync(reader, world.Scan(good), world.Scan(bad), world.Scan(Guid.NewGuid()));

        Assert.Equal(ScanOutcome.Duplicate, answers[0].Outcome);
        Assert.Equal(ScanOutcome.Unconfirmed, answers[2].Outcome);
    }

    [Fact]
    public async Task Scan_WriteDoneButToldAsFailed_GivesTheSameAnswerLater()
    {
        await using var world = await StartAsync();
        var (certificate, reader) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var scan = world.Scan(certificate);
        _faults.LostAnswers = "certificate-stay";
        Assert.Equal(ScanOutcome.Unconfirmed, (await world.ScanAsync(reader, scan)).Outcome);
        _faults.LostAnswers = null;

        Assert.Equal((ScanOutcome.First, scan.EventId), Of(await world.ScanAsync(reader, scan)));
    }

    [Fact]
    public async Task Save_WriteFails_NothingIsAnsweredFromMemory()
    {
        await using var world = await StartAsync();
        var reader = await world.NewReaderAsync("Before");
        _faults.State = "reader";
        var command = new SaveReader(TallyWorld.Campaign, "After", [], Tally: true, OfflineRoster: false, null, null);
        await Assert.ThrowsAnyAsync<Exception>(() => world.Reader(reader).SaveAsync(command));
        _faults.State = null;

        Assert.Equal("Before", (await world.Reader(reader).GetAsync())!.Name);
    }

    [Fact]
    public async Task Sync_UndoWhileTheLogFails_IsDecidedLater()
    {
        await using var world = await StartAsync();
        var (certificate, door) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var scan = world.Scan(certificate);
        await world.ScanAsync(door, scan);
        world.PassSeconds(1);
        var undo = world.Scan(certificate) with { Type = TallyEventType.Undo, RelatedEventId = scan.EventId };

        _faults.Find = true;
        Assert.Equal(ScanOutcome.Unconfirmed, (await world.ScanAsync(door, undo)).Outcome);
        _faults.Find = false;
        Assert.Equal(ScanOutcome.Undone, (await world.ScanAsync(door, undo)).Outcome);
    }

    [Fact]
    public async Task Sync_RefusedCodeWhoseDecisionIsNotRecorded_KeepsItsReason()
    {
        await using var world = await StartAsync();
        var door = await world.NewReaderAsync();
        var refused = world.Scan(Guid.Empty) with { Type = TallyEventType.Refused, Refusal = ScanOutcome.Forged };
        _faults.Decide = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.ScanAsync(door, refused));
        _faults.Decide = false;

        await world.Reader(door).OfferPendingAsync();

        Assert.Equal(ScanOutcome.Forged, Assert.Single(await world.LogAsync()).Outcome);
    }

    private static (ScanOutcome Outcome, Guid? First) Of(ScanResult result) => (result.Outcome, result.First?.EventId);

    private static Task SweepAsync(TallyWorld world) =>
        world.Cluster.Services.GetServices<IHostedService>().OfType<PendingSweep>().Single().SweepAsync(TestContext.Current.CancellationToken);

    private Task<TallyWorld> StartAsync() => TallyWorld.StartAsync(configure: options => options.Services = _faults.Install);
}
