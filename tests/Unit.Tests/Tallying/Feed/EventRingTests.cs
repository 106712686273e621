using Actors.Tallying;
using Actors.Tallying.Feed;

namespace Actors.Unit.Tests.Tallying.Feed;

public sealed class EventRingTests
{
    [Fact]
    public void Read_BeforeItIsPlaced_KnowsNothing() => Assert.Null(new EventRing(8).Read(0, 10));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100)]
    public void Read_FromAnyPosition_IsContiguous(int capacity)
    {
        var ring = new EventRing(capacity);
        ring.Reset(1_000);
        for (var count = 1; count <= 300; count++)
        {
            ring.Add(Event(1_000 + count * 10));
            for (var after = ring.Start; after <= ring.Head; after += 5)
            {
                var page = ring.Read(after, 3)!;
                var expected = Enumerable.Range(1, count).Select(i => 1_000L + i * 10).Where(position => position > after).ToList();
                Assert.Equal(expected.Take(3), page.Events.Select(e => e.Position));
                Assert.Equal((after, expected.Count > 3), (page.After, page.More));
                Assert.Equal(page.Events.IsEmpty ? after : page.Events[^1].Position, page.Cursor);
            }

            Assert.Null(ring.Read(ring.Start - 1, 3));
            Assert.Equal(Math.Min(count, capacity), ring.Read(ring.Start, 1_000)!.Events.Length);
        }
    }

    [Fact]
    public void Read_UpToAPosition_LeavesOutWhatCameLater()
    {
        var ring = new EventRing(8);
        ring.Reset(0);
        for (var position = 1; position <= 6; position++)
        {
            ring.Add(Event(position));
        }

        var page = ring.Read(2, 10, upTo: 4)!;
        Assert.Equal([3L, 4L], page.Events.Select(e => e.Position));
        Assert.Equal((2, 4, false), (page.After, page.Cursor, page.More));
        Assert.True(ring.Read(2, 1, upTo: 4)!.More);
        Assert.Empty(ring.Read(5, 10, upTo: 4)!.Events);
    }

    internal static TallyEvent Event(long position) => new(
        position, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "Gate", TallyEventType.Seen, ScanOutcome.First,
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TimeSpan.Zero, null, null);
}
