using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Engine.Tests.Storage;

public abstract class TallyLogOrderConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private readonly Scans _reader = new();

    private ITallyLog Log => Storage.Service<ITallyLog>();

    private long Microseconds => (Storage.Clock.Now - DateTimeOffset.UnixEpoch).Ticks / 10;

    [Fact]
    public async Task Read_OfUndecidedRows_ShowsNone()
    {
        await Log.AppendAsync(_reader.Take(3), Cancel);

        var page = await Log.ReadAsync("expo", after: 5, limit: 10, Cancel);

        Assert.Equal((5, 5, false), (page.After, page.Cursor, page.More));
        Assert.Empty(page.Events);
    }

    [Fact]
    public async Task Decide_OfARow_PlacesItAtTheTimeWithAllItSays()
    {
        var row = _reader.Take(2)[1];
        await Log.AppendAsync([row], Cancel);

        var placed = await Log.DecideAsync("expo", [Scans.Decide(row, ScanOutcome.Revoked)], Cancel);

        var expected = new TallyEvent(
            Microseconds, row.EventId, row.CertificateId, row.ReaderId, row.ReaderName, TallyEventType.Exit, ScanOutcome.Revoked,
            row.Time, row.ReaderTime, row.ReceivedAt, row.Offset, row.RelatedEventId, WinnerEventId: null, Offline: true, row.Gate, row.Sequence);
        Assert.Equal(0, placed.After);
        Assert.Equal([expected], placed.Events);
        Assert.Equal([expected], (await Log.ReadAsync("expo", 0, 10, Cancel)).Events);
        Assert.Empty(await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
    }

    [Fact]
    public async Task Forget_OfWhatIsOld_LeavesTheYoungAndTheUndecided()
    {
        var rows = _reader.Take(600).Select(row => row with { ReceivedAt = row.ReceivedAt.AddYears(row.Sequence <= 500 ? -2 : 0) }).ToImmutableArray();
        await Log.AppendAsync(rows, Cancel);
        await Log.DecideAsync("expo", Scans.Decide(rows.Where(row => row.Sequence != 3)), Cancel);

        var forgotten = await Log.ForgetAsync(rows[^1].ReceivedAt.AddYears(-1), Cancel);

        // storage in parts keeps the whole part in which something is undecided
        Assert.Contains(forgotten, new[] { 0L, 499 });
        Assert.Equal([rows[2]], await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
        await Log.DecideAsync("expo", [Scans.Decide(rows[2])], Cancel);
        Assert.Equal(500, forgotten + await Log.ForgetAsync(rows[^1].ReceivedAt.AddYears(-1), Cancel));
        Assert.Equal(rows[500..].Select(row => row.EventId), (await Log.ReadAsync("expo", 0, 1_000, Cancel)).Events.Select(row => row.EventId));
        Assert.Equal(600, (await Log.LastAsync(_reader.ReaderId, Cancel)).Sequence);
        Assert.Equal(0, await Log.ForgetAsync(rows[^1].ReceivedAt.AddYears(-1), Cancel));
    }

    [Fact]
    public async Task Decide_Repeated_KeepsOutcomeAndPlace()
    {
        var row = _reader.Next();
        await Log.AppendAsync([row], Cancel);
        var first = await Log.DecideAsync("expo", [Scans.Decide(row)], Cancel);
        Storage.Clock.Now += TimeSpan.FromMinutes(1);

        var second = await Log.DecideAsync("expo", [Scans.Decide(row, ScanOutcome.Duplicate)], Cancel);

        Assert.Equal(first.Events[0].Position, second.After);
        Assert.Empty(second.Events);
        Assert.Equal(first.Events, (await Log.ReadAsync("expo", 0, 10, Cancel)).Events);
    }

    [Fact]
    public async Task Decide_WhenTheClockStandsOrGoesBack_StillRises()
    {
        var rows = _reader.Take(4);
        await Log.AppendAsync(rows, Cancel);
        var start = Microseconds;
        await Log.DecideAsync("expo", Scans.Decide(rows[..2]), Cancel);
        Storage.Clock.Now -= TimeSpan.FromDays(1);
        var back = await Log.DecideAsync("expo", Scans.Decide(rows[2..3]), Cancel);
        Storage.Clock.Now += TimeSpan.FromDays(2);
        await Log.DecideAsync("expo", Scans.Decide(rows[3..]), Cancel);

        Assert.Equal(start + 1, back.After);
        Assert.Equal(
            [start, start + 1, start + 2, Microseconds],
            (await Log.ReadAsync("expo", 0, 10, Cancel)).Events.Select(e => e.Position));
    }

    [Fact]
    public async Task Decide_ThatDisplacesAFirst_AppendsAReorderRowOnce()
    {
        var rows = _reader.Take(2);
        await Log.AppendAsync(rows, Cancel);
        await Log.DecideAsync("expo", [Scans.Decide(rows[0])], Cancel);
        var decision = Scans.Decide(rows[1], ScanOutcome.Duplicate, displaced: rows[0].EventId);

        var placed = await Log.DecideAsync("expo", [decision], Cancel);
        var again = await Log.DecideAsync("expo", [decision], Cancel);

        Assert.Equal([rows[1].EventId, placed.Events[1].EventId], placed.Events.Select(e => e.EventId));
        var reorder = placed.Events[1];
        Assert.Equal(TallyEventType.Reorder, reorder.Type);
        Assert.Equal((rows[0].EventId, rows[1].EventId), (reorder.RelatedEventId!.Value, reorder.WinnerEventId!.Value));
        Assert.Equal((rows[1].CertificateId, rows[1].ReaderId, rows[1].Time), (reorder.CertificateId, reorder.ReaderId, reorder.Time));
        Assert.Empty(again.Events);
        Assert.Equal(placed.Events, (await Log.ReadAsync("expo", placed.After, 10, Cancel)).Events);
        Assert.Equal(2, (await Log.LastAsync(_reader.ReaderId, Cancel)).Sequence);
    }

    [Fact]
    public async Task Decide_ThatDisplacesSeveral_KeepsEachReorderRow()
    {
        var rows = _reader.Take(6);
        await Log.AppendAsync(rows, Cancel);

        var placed = await Log.DecideAsync(
            "expo", [.. rows.Skip(1).Select((row, i) => Scans.Decide(row, ScanOutcome.Duplicate, rows[i].EventId))], Cancel);

        Assert.Equal(10, placed.Events.Length);
        Assert.Equal(placed.Events, (await Log.ReadAsync("expo", 0, 100, Cancel)).Events);
    }

    [Fact]
    public async Task Decide_OfARowThatIsNotInTheLog_ThrowsAndPlacesNone()
    {
        var rows = _reader.Take(2);
        await Log.AppendAsync(rows[..1], Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Log.DecideAsync("expo", Scans.Decide(rows), Cancel));

        Assert.Empty((await Log.ReadAsync("expo", 0, 10, Cancel)).Events);
        Assert.Equal(rows[..1], await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
    }

    [Fact]
    public async Task Decide_OfWhatIsNoDecision_ThrowsAtOnce()
    {
        var row = _reader.Next();
        await Log.AppendAsync([row], Cancel);

        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.DecideAsync("expo", [new DecidedScan(row, Displaced: null)], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.DecideAsync("other", [Scans.Decide(row)], Cancel));
    }

    [Fact]
    public async Task Read_OfOtherCampaigns_KeepsThemApart()
    {
        var other = new Scans { Campaign = "gala" };
        var mine = _reader.Next();
        var theirs = other.Next();
        await Log.AppendAsync([mine], Cancel);
        await Log.AppendAsync([theirs], Cancel);
        await Log.DecideAsync("expo", [Scans.Decide(mine)], Cancel);
        var placed = await Log.DecideAsync("gala", [Scans.Decide(theirs)], Cancel);

        Assert.Equal((0, Microseconds), (placed.After, placed.Events[0].Position));
        Assert.Equal(mine.EventId, Assert.Single((await Log.ReadAsync("expo", 0, 10, Cancel)).Events).EventId);
        Assert.Empty((await Log.ReadAsync("unknown", 0, 10, Cancel)).Events);
    }

    [Fact]
    public async Task Read_InPages_ShowsEachRowOnceInOrder()
    {
        var rows = _reader.Take(25);
        await Log.AppendAsync(rows, Cancel);
        await Log.DecideAsync("expo", Scans.Decide(rows), Cancel);
        var seen = new List<Guid>();
        var sizes = new List<(int, bool)>();
        var cursor = 0L;
        EventPage page;
        do
        {
            page = await Log.ReadAsync("expo", cursor, 10, Cancel);
            sizes.Add((page.Events.Length, page.More));
            seen.AddRange(page.Events.Select(e => e.EventId));
            cursor = page.Cursor;
        }
        while (page.More);

        Assert.Equal([(10, true), (10, true), (5, false)], sizes);
        Assert.Equal(rows.Select(row => row.EventId), seen);
    }

    [Fact]
    public async Task Read_OfExactlyOnePage_HasNoMore()
    {
        var rows = _reader.Take(10);
        await Log.AppendAsync(rows, Cancel);
        await Log.DecideAsync("expo", Scans.Decide(rows), Cancel);

        Assert.False((await Log.ReadAsync("expo", 0, 10, Cancel)).More);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Log.ReadAsync("expo", 0, 0, Cancel));
    }

    [Fact]
    public async Task Read_WithACursorWhileReadersWrite_MissesNothing()
    {
        const int Readers = 6;
        const int Appends = 40;
        var expected = new ConcurrentBag<Guid>();
        var done = Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(WriteAsync, Cancel)));
        var seen = new List<TallyEvent>();
        for (var last = false; !last;)
        {
            last = done.IsCompleted;
            EventPage page;
            do
            {
                page = await Log.ReadAsync("expo", seen.Count == 0 ? 0 : seen[^1].Position, 7, Cancel);
                seen.AddRange(page.Events);
            }
            while (page.More);
        }

        await done;
        Assert.Equal(expected.Order(), seen.Select(e => e.EventId).Order());
        Assert.Equal(seen.Select(e => e.Position), seen.Select(e => e.Position).Distinct().Order());

        async Task WriteAsync()
        {
            var reader = new Scans();
            for (var i = 0; i < Appends; i++)
            {
                var rows = await Log.AppendAsync(reader.Take(1 + (i % 3)), Cancel);
                await Log.DecideAsync("expo", Scans.Decide(rows), Cancel);
                rows.ToList().ForEach(row => expected.Add(row.EventId));
            }
        }
    }

    [Fact]
    public async Task Decide_ByManyAtOnce_TellsFollowersAnUnbrokenChain()
    {
        var readers = Enumerable.Range(0, 20).Select(_ => new Scans().Take(2)).ToList();
        await Task.WhenAll(readers.Select(rows => Log.AppendAsync(rows, Cancel).AsTask()));

        var placed = await Task.WhenAll(readers.Select(rows => Log.DecideAsync("expo", Scans.Decide(rows), Cancel).AsTask()));

        var cursor = 0L;
        foreach (var step in placed.OrderBy(step => step.After))
        {
            Assert.Equal(cursor, step.After);
            cursor = step.Events[^1].Position;
        }
    }

    [Fact]
    public async Task Decide_BeforeARestart_IsThereAfterItAndTheOrderGoesOn()
    {
        var rows = _reader.Take(2);
        await Log.AppendAsync(rows, Cancel);
        var first = await Log.DecideAsync("expo", [Scans.Decide(rows[0])], Cancel);
        Storage.Restart();
        Storage.Clock.Now -= TimeSpan.FromHours(1);

        var second = await Log.DecideAsync("expo", [Scans.Decide(rows[1])], Cancel);

        Assert.Equal(first.Events[0].Position, second.After);
        Assert.Equal([.. first.Events, .. second.Events], (await Log.ReadAsync("expo", 0, 10, Cancel)).Events);
    }
}

public sealed class MemoryTallyLogOrderTests : TallyLogOrderConformance<MemoryHarness>;

public sealed class SqliteTallyLogOrderTests : TallyLogOrderConformance<SqliteHarness>;

public sealed class PostgresTallyLogOrderTests : TallyLogOrderConformance<PostgresHarness>;
