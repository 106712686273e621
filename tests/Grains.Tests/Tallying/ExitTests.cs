using Actors.Tallying;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Exits, undos and refused codes through readers, on each storage.</summary>
public abstract class ExitTests(bool sqlite)
{
    [Fact]
    public async Task Sync_ExitAndEntryAgain_AreOneStayEach()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, door) = (await world.NewCertificateAsync(), await world.NewReaderAsync());

        Assert.Equal(ScanOutcome.First, await HandInAsync(world, door, world.Scan(certificate)));
        world.PassSeconds(60);
        Assert.Equal(ScanOutcome.Left, await HandInAsync(world, door, world.Scan(certificate) with { Type = TallyEventType.Exit }));
        world.PassSeconds(60);
        await world.Cluster.DeactivateAllAsync();
        Assert.Equal(ScanOutcome.First, await HandInAsync(world, door, world.Scan(certificate)));

        Assert.Equal(
            [(TallyEventType.Seen, ScanOutcome.First), (TallyEventType.Exit, ScanOutcome.Left), (TallyEventType.Seen, ScanOutcome.First)],
            (await world.LogAsync()).Select(row => (row.Type, row.Outcome)));
    }

    [Fact]
    public async Task Sync_UndoInTheSameBatch_ComesAfterItsTarget()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, door) = (await world.NewCertificateAsync(), await world.NewReaderAsync());
        var wrong = world.Scan(certificate);
        var undo = world.Scan(certificate) with { Type = TallyEventType.Undo, RelatedEventId = wrong.EventId };

        var results = await world.SyncAsync(door, undo, wrong);

        Assert.Equal([ScanOutcome.Undone, ScanOutcome.First], results.Select(result => result.Outcome));
        Assert.Equal(wrong.EventId, (await world.LogAsync()).Single(row => row.Type == TallyEventType.Undo).RelatedEventId);
        Assert.Equal(ScanOutcome.Undone, await HandInAsync(world, door, undo));
        world.PassSeconds(1);
        Assert.Equal(ScanOutcome.First, await HandInAsync(world, door, world.Scan(certificate)));
    }

    [Fact]
    public async Task Sync_UndoOfAnotherReadersScan_IsOfNothing()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync(), await world.NewReaderAsync());
        var scan = world.Scan(certificate);
        await world.ScanAsync(north, scan);
        world.PassSeconds(1);

        Assert.Equal(ScanOutcome.Unknown, await HandInAsync(world, south, Undo(world, certificate, scan.EventId)));
        Assert.Equal(ScanOutcome.Unknown, await HandInAsync(world, north, Undo(world, await world.NewCertificateAsync(), scan.EventId)));
        Assert.Equal(ScanOutcome.Undone, await HandInAsync(world, north, Undo(world, certificate, scan.EventId)));
    }

    [Fact]
    public async Task Sync_RefusedCode_IsInTheLogWithoutAskingAnyCertificate()
    {
        await using var world = await TallyWorld.StartAsync(sqlite);
        var door = await world.NewReaderAsync();
        var refused = world.Scan(Guid.Empty) with { Type = TallyEventType.Refused, Refusal = ScanOutcome.Forged };

        Assert.Equal(ScanOutcome.Forged, await HandInAsync(world, door, refused));
        Assert.Equal(ScanOutcome.Forged, await HandInAsync(world, door, refused));

        var row = Assert.Single(await world.LogAsync());
        Assert.Equal((TallyEventType.Refused, ScanOutcome.Forged), (row.Type, row.Outcome));
    }

    private static ScanReport Undo(TallyWorld world, Guid certificate, Guid target) =>
        world.Scan(certificate) with { Type = TallyEventType.Undo, RelatedEventId = target };

    private static async Task<ScanOutcome> HandInAsync(TallyWorld world, Guid reader, ScanReport scan) =>
        (await world.ScanAsync(reader, scan)).Outcome;
}

public sealed class MemoryExitTests() : ExitTests(sqlite: false);

public sealed class SqliteExitTests() : ExitTests(sqlite: true);
