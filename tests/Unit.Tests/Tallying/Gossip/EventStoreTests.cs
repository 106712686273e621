using System.Collections.Immutable;
using Actors.Tallying;
using Actors.Tallying.Gossip;

namespace Actors.Unit.Tests.Tallying.Gossip;

public sealed class EventStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Door = new("11111111-0000-0000-0000-000000000000");
    private static readonly Guid Gate = new("22222222-0000-0000-0000-000000000000");
    private static readonly Guid Ticket = new("33333333-0000-0000-0000-000000000000");

    [Fact]
    public void TryAdd_OfTheSameRecordTwice_TakesItOnce()
    {
        var store = Store();
        Assert.True(store.TryAdd(Record(Door, 1)));
        Assert.False(store.TryAdd(Record(Door, 1)));
        Assert.False(store.TryAdd(Record(Door, 0)));
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void Expire_AfterRetention_KeepsWhatIsYoungerAndTakesNothingExpiredAgain()
    {
        var store = Store();
        store.TryAdd(Record(Door, 1));
        store.TryAdd(Record(Door, 3, Start.AddHours(2)));

        store.Expire(Start.AddHours(24.5));

        Assert.Null(store.Find(Door, 1));
        Assert.NotNull(store.Find(Door, 3));
        Assert.False(store.TryAdd(Record(Door, 1)));
        store.Expire(Start.AddHours(48));
        Assert.Equal(0, store.Count);
        Assert.Equal(1, store.OriginCount);
        store.Expire(Start.AddHours(73));
        Assert.Equal(0, store.OriginCount);
    }

    [Fact]
    public void TryAdd_BeyondTheLimit_DropsTheOldest()
    {
        var store = Store(maxRecords: 100);
        for (var i = 1; i <= 150; i++)
        {
            store.TryAdd(Record(i % 2 == 0 ? Door : Gate, i, Start.AddSeconds(i)));
        }

        Assert.InRange(store.Count, 36, 100);
        Assert.NotNull(store.Find(Door, 150));
        Assert.Null(store.Find(Gate, 1));
    }

    [Fact]
    public void FirstOf_WhenAReorderIsKnown_IsTheWinnerWhateverCameFirst()
    {
        var late = Scan(10, ScanOutcome.First);
        var early = Scan(20, ScanOutcome.Duplicate);
        var reorder = early with { Position = 21, Type = TallyEventType.Reorder, WinnerEventId = early.EventId, RelatedEventId = late.EventId };
        var first = new GossipRecord(Door, 1, 9, [late]);
        var second = new GossipRecord(Gate, 1, 19, [early, reorder]);
        foreach (var order in new[] { new[] { first, second }, [second, first] })
        {
            var store = Store();
            Assert.Null(store.FirstOf(Ticket));
            Assert.All(order, record => Assert.True(store.TryAdd(record)));
            Assert.Equal(early.EventId, store.FirstOf(Ticket)?.EventId);
        }
    }

    [Fact]
    public void Compare_OfTwoStores_FindsWhatEachLacksInPages()
    {
        var (one, other) = (Store(), Store());
        for (var i = 1; i <= 30; i++)
        {
            one.TryAdd(Record(Door, i));
            other.TryAdd(Record(Gate, i));
        }

        var pages = 0;
        while (other.Known.Describe(one.Known.Summarize().AsSpan(), pages) is { } page)
        {
            var sent = GossipBytes.ReadPage(GossipBytes.Write(page).AsSpan())!;
            var difference = one.Compare(sent, limit: 7);
            Assert.InRange(difference.Lacking.Length, 0, 7);
            Assert.Equal(pages < 4, difference.More);
            Add(other, difference.Lacking);
            var wanted = other.Read(GossipBytes.ReadWanted(GossipBytes.Write(difference.Wanted).AsSpan()), limit: 7);
            Assert.Equal(difference.Lacking.Length, wanted.Length);
            Add(one, wanted);
            pages++;
        }

        Assert.Equal(5, pages);
        Assert.Equal((60, 60), (one.Count, other.Count));
    }

    [Fact]
    public void Describe_OfAThousandReadersThatAllDiffer_StaysSmall()
    {
        var (store, random) = (Store(), new Random(3));
        for (var i = 0; i < 1_000; i++)
        {
            store.TryAdd(Record(Id(random), 1));
        }

        var page = store.Known.Describe(Store().Known.Summarize().AsSpan(), firstBucket: 0)!;
        Assert.True(page.More);
        Assert.InRange(page.Entries.Count, 1, VersionVector.MaxEntries);
        Assert.InRange(GossipBytes.Write(page).Length, 1, 8_192);
        Assert.Equal(256, store.Known.Summarize().Length);
    }

    [Fact]
    public void ReadPage_OfAnything_NeverThrows()
    {
        var random = new Random(8);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            if (bytes.Length > 0)
            {
                bytes[0] = 1;
            }

            _ = GossipBytes.ReadPage(bytes);
            _ = GossipBytes.ReadWanted(bytes);
        }
    }

    [Fact]
    public void ReadPage_OfWhatWasReadFromTheMiddleOfTheLog_HasNoGap()
    {
        var store = Store();
        Assert.Equal(25, store.LogStart(25));
        Add(store, GossipRecords.Of(0, [Row(Door, 1, 10), Row(Gate, 1, 20)]));

        // nothing happened between 20 and 25, where the log is to be read from
        var start = store.LogStart(25);
        Add(store, GossipRecords.OfPage(new EventPage(start, 30, More: false, [Row(Door, 2, 30)])).Records);

        Assert.Equal((20, 10), (start, store.LogStart(19)));
        Assert.Equal([10, 20, 30], store.ReadPage(0, 10)!.Events.Select(tallied => tallied.Position));
    }

    [Fact]
    public void OfPage_ThatEndsBetweenARowAndItsReorder_KeepsThemTogether()
    {
        var reorder = Row(Door, 0, 31) with { Type = TallyEventType.Reorder };
        var (records, cursor) = GossipRecords.OfPage(new EventPage(0, 30, More: true, [Row(Gate, 1, 20), Row(Door, 1, 30)]));
        var (rest, end) = GossipRecords.OfPage(new EventPage(cursor, 31, More: false, [Row(Door, 1, 30), reorder]));

        Assert.Equal((20, 31), (cursor, end));
        Assert.Equal([20], Assert.Single(records).Events.Select(tallied => tallied.Position));
        Assert.Equal([30, 31], Assert.Single(rest).Events.Select(tallied => tallied.Position));
    }

    private static TallyEvent Row(Guid reader, long sequence, long position) =>
        Scan(position, ScanOutcome.First) with { ReaderId = reader, Sequence = sequence };

    private static EventStore Store(int maxRecords = 1_000_000) => new(new EventStoreLimits(TimeSpan.FromHours(24), maxRecords));

    private static void Add(EventStore store, ImmutableArray<GossipRecord> records)
    {
        foreach (var record in records)
        {
            Assert.True(store.TryAdd(record));
        }
    }

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static GossipRecord Record(Guid origin, long sequence, DateTimeOffset? receivedAt = null) =>
        new(origin, sequence, sequence - 1, [Scan(sequence, ScanOutcome.First) with { ReceivedAt = receivedAt ?? Start, ReaderId = origin }]);

    private static TallyEvent Scan(long position, ScanOutcome outcome) => new(
        position, Guid.NewGuid(), Ticket, Door, "Door", TallyEventType.Seen, outcome, Start, Start, Start, TimeSpan.Zero, null, null);
}
