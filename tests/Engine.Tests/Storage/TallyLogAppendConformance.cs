using Actors.Tallying;

namespace Actors.Engine.Tests.Storage;

public abstract class TallyLogAppendConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private readonly Scans _reader = new();

    private ITallyLog Log => Storage.Service<ITallyLog>();

    [Fact]
    public async Task Last_WithoutRows_IsZero() => Assert.Equal((0, null), await Log.LastAsync(_reader.ReaderId, Cancel));

    [Fact]
    public async Task Append_OfNothing_IsNothing() => Assert.Empty(await Log.AppendAsync([], Cancel));

    [Fact]
    public async Task Append_OfNewRows_AnswersThemAsTheyStand()
    {
        var rows = _reader.Take(3);

        Assert.Equal(rows, await Log.AppendAsync(rows, Cancel));
        Assert.Equal((3, rows[2].ReceivedAt), await Log.LastAsync(_reader.ReaderId, Cancel));
        Assert.Equal(rows, await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
    }

    [Fact]
    public async Task Append_Repeated_ChangesNothing()
    {
        var rows = _reader.Take(3);
        await Log.AppendAsync(rows, Cancel);

        Assert.Equal(rows, await Log.AppendAsync(rows, Cancel));
        Assert.Equal(3, (await Log.LastAsync(_reader.ReaderId, Cancel)).Sequence);
    }

    [Fact]
    public async Task Append_OfAKnownEventAtANewPlace_AnswersTheStoredRow()
    {
        var known = _reader.Take(2);
        await Log.AppendAsync(known, Cancel);
        var again = _reader.Next(known[0].EventId);
        var added = _reader.Next();

        Assert.Equal([known[0], added], await Log.AppendAsync([again, added], Cancel));
        Assert.Equal(4, (await Log.LastAsync(_reader.ReaderId, Cancel)).Sequence);
    }

    [Fact]
    public async Task Append_OfADecidedEvent_AnswersItsDecision()
    {
        var row = _reader.Next();
        await Log.AppendAsync([row], Cancel);
        await Log.DecideAsync("expo", [Scans.Decide(row, ScanOutcome.Expired)], Cancel);

        var again = await Log.AppendAsync([_reader.Next(row.EventId)], Cancel);

        Assert.Equal([row with { Outcome = ScanOutcome.Expired }], again);
    }

    [Fact]
    public async Task Append_OfAnEventThatAnotherReaderHas_AnswersThatReadersRow()
    {
        var theirs = new Scans().Next();
        await Log.AppendAsync([theirs], Cancel);

        Assert.Equal([theirs], await Log.AppendAsync([_reader.Next(theirs.EventId)], Cancel));
        Assert.Equal(0, (await Log.LastAsync(_reader.ReaderId, Cancel)).Sequence);
    }

    [Fact]
    public async Task Append_OfAnEventTwiceInOneCall_AppendsItOnce()
    {
        var first = _reader.Next();
        var second = _reader.Next(first.EventId);

        Assert.Equal([first, first], await Log.AppendAsync([first, second], Cancel));
        Assert.Equal([first], await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
    }

    [Fact]
    public async Task Append_OverTakenSequences_ThrowsAndAppendsNone()
    {
        var rows = _reader.Take(2);
        await Log.AppendAsync(rows, Cancel);
        var free = _reader.Next();
        var taken = rows[1] with { EventId = Guid.NewGuid() };

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Log.AppendAsync([taken, free], Cancel));

        Assert.Equal(rows, await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
        Assert.Equal([free], await Log.AppendAsync([free], Cancel));
    }

    [Fact]
    public async Task Append_ByTwoActivationsAtOnce_LetsOneHaveEachSequence()
    {
        var one = _reader.Take(5);
        var other = one.Select(row => row with { EventId = Guid.NewGuid() }).ToArray();

        var outcomes = await Task.WhenAll(TryAsync([.. one]), TryAsync([.. other]));

        Assert.Single(outcomes, taken => taken);
        Assert.Equal(5, (await Log.ReadUndecidedAsync(_reader.ReaderId, 100, Cancel)).Length);

        async Task<bool> TryAsync(LoggedScan[] rows)
        {
            try
            {
                await Log.AppendAsync([.. rows], Cancel);
                return false;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task Append_OfRowsThatNoCallerMaySend_ThrowsAtOnce()
    {
        var row = _reader.Next();

        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync([row, row], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync([row with { Outcome = ScanOutcome.First }], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync([row, new Scans().Next() with { Sequence = 9 }], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync([row with { Sequence = 0 }], Cancel));
    }

    [Fact]
    public async Task Last_WhenTheClockWentBack_KeepsTheLatestReception()
    {
        var early = _reader.Next();
        var late = _reader.Next() with { ReceivedAt = early.ReceivedAt.AddHours(-1) };
        await Log.AppendAsync([early, late], Cancel);

        Assert.Equal((2, early.ReceivedAt), await Log.LastAsync(_reader.ReaderId, Cancel));
    }

    [Fact]
    public async Task Find_OfAnEvent_IsItsRowAsItStands()
    {
        var rows = _reader.Take(2);
        await Log.AppendAsync(rows, Cancel);
        await Log.DecideAsync("expo", [Scans.Decide(rows[1])], Cancel);

        Assert.Equal(rows[0], await Log.FindAsync(rows[0].EventId, Cancel));
        Assert.Equal(rows[1] with { Outcome = ScanOutcome.First }, await Log.FindAsync(rows[1].EventId, Cancel));
        Assert.Null(await Log.FindAsync(Guid.NewGuid(), Cancel));
    }

    [Fact]
    public async Task Append_OfARefusedCode_KeepsItsOutcomeUntilItIsPlaced()
    {
        var row = _reader.Next() with { Type = TallyEventType.Refused, Outcome = ScanOutcome.Forged };
        await Log.AppendAsync([row], Cancel);

        Assert.Equal([row], await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
        Assert.Equal(ScanOutcome.Forged, Assert.Single((await Log.DecideAsync("expo", [new DecidedScan(row, Displaced: null)], Cancel)).Events).Outcome);
        Assert.Empty(await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
    }

    [Fact]
    public async Task ReadUndecided_WithALimit_StartsWithTheFirst()
    {
        var rows = _reader.Take(5);
        await Log.AppendAsync(rows, Cancel);
        await Log.DecideAsync("expo", [Scans.Decide(rows[0])], Cancel);

        Assert.Equal(rows[1..3], await Log.ReadUndecidedAsync(_reader.ReaderId, 2, Cancel));
    }

    [Fact]
    public async Task ReadersWithUndecided_AfterATime_LeavesOutDecidedAndNewerRows()
    {
        var decided = new Scans();
        var newer = new Scans();
        var row = decided.Next();
        var old = _reader.Take(3);
        await Log.AppendAsync([row], Cancel);
        await Log.AppendAsync(old, Cancel);
        await Log.AppendAsync([newer.Next() with { ReceivedAt = old[0].ReceivedAt.AddDays(1) }], Cancel);
        await Log.DecideAsync("expo", [Scans.Decide(row)], Cancel);

        Assert.Equal([_reader.ReaderId], await Log.ReadersWithUndecidedAsync(old[0].ReceivedAt.AddHours(1), 10, Cancel));
        Assert.Equal(2, (await Log.ReadersWithUndecidedAsync(old[0].ReceivedAt.AddDays(2), 10, Cancel)).Length);
        Assert.Single(await Log.ReadersWithUndecidedAsync(old[0].ReceivedAt.AddDays(2), 1, Cancel));
    }

    [Fact]
    public async Task Append_BeforeARestart_IsThereAfterIt()
    {
        var rows = _reader.Take(3);
        await Log.AppendAsync(rows, Cancel);
        Storage.Restart();

        Assert.Equal(rows, await Log.ReadUndecidedAsync(_reader.ReaderId, 10, Cancel));
        Assert.Equal((3, rows[2].ReceivedAt), await Log.LastAsync(_reader.ReaderId, Cancel));
        Assert.Equal(rows, await Log.AppendAsync(rows, Cancel));
    }
}

public sealed class MemoryTallyLogAppendTests : TallyLogAppendConformance<MemoryHarness>;

public sealed class SqliteTallyLogAppendTests : TallyLogAppendConformance<SqliteHarness>;

public sealed class PostgresTallyLogAppendTests : TallyLogAppendConformance<PostgresHarness>;
