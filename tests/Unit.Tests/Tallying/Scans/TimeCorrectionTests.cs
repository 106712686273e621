using System.Diagnostics.CodeAnalysis;
using Actors.Tallying.Scans;

namespace Actors.Unit.Tests.Tallying.Scans;

public sealed class TimeCorrectionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, -600, 0)] // on time
    [InlineData(-60, 0, -600, -60)] // a minute ago
    [InlineData(60, 0, -600, 0)] // in the future
    [InlineData(-3600, 0, -600, -600)] // before its last synchronisation
    [InlineData(-3660, -3600, -600, -60)] // a clock an hour behind, and told
    [InlineData(3540, 3600, -600, -60)] // a clock an hour ahead, and told
    [InlineData(0, 0, 30, 0)] // our own clock went back
    public void Correct_ByOffsetAndBounds(int scannedAt, int readerNow, int lastSync, int expected)
    {
        var offset = TimeCorrection.Offset(Noon, Noon.AddSeconds(readerNow));
        Assert.Equal(Noon.AddSeconds(expected), TimeCorrection.Correct(Noon.AddSeconds(scannedAt), offset, Noon, Noon.AddSeconds(lastSync)));
    }

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "Seeded, so that a failure can be repeated.")]
    public void Correct_AnyClock_StaysBetweenLastSyncAndReception()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var offset = TimeCorrection.Offset(Noon, Any(random));
            var last = Noon.AddSeconds(-random.Next(10_000));
            Assert.InRange(TimeCorrection.Correct(Any(random), offset, Noon, last), last, Noon);
        }
    }

    [Fact]
    public void SyncFloor_PartsOfOneSynchronisation_ShareTheTimeBefore()
    {
        var floor = new SyncFloor(last: null, TimeSpan.FromMinutes(10));
        Assert.Null(floor.Begin(Noon));
        floor.End(Noon, more: true);
        Assert.Null(floor.Begin(Noon.AddMinutes(5)));
        floor.End(Noon.AddMinutes(5), more: false);
        Assert.Equal(Noon.AddMinutes(5), floor.Begin(Noon.AddMinutes(6)));
    }

    [Fact]
    public void SyncFloor_PartsThatGoOnForEver_EndAfterTheirSpan()
    {
        var floor = new SyncFloor(last: null, TimeSpan.FromMinutes(10));
        floor.Begin(Noon);
        floor.End(Noon, more: true);
        Assert.Equal(Noon, floor.Begin(Noon.AddMinutes(11)));
    }

    private static DateTimeOffset Any(Random random) => new(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
