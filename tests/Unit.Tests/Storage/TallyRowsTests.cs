using Actors.Silo.Storage;

namespace Actors.Unit.Tests.Storage;

public sealed class TallyRowsTests
{
    private static readonly Guid s_one = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly Guid s_two = Guid.Parse("22222222-2222-4222-8222-222222222222");

    [Fact]
    public void ReorderId_OfTheSameEvents_IsTheSameUuidOfVersion8()
    {
        var id = TallyRows.ReorderId(s_one, s_two);

        Assert.Equal(id, TallyRows.ReorderId(s_one, s_two));
        Assert.NotEqual(id, TallyRows.ReorderId(s_two, s_one));
        Assert.Equal((8, 8), (id.Version, id.Variant & 0xC));
    }

    [Fact]
    public void ReorderId_WrittenOnce_NeverChanges() =>
        Assert.Equal(Guid.Parse("690e06c8-b031-8be8-829c-2175e7ddc000"), TallyRows.ReorderId(s_one, s_two));

    [Fact]
    public void NextPosition_WithAClockThatRuns_IsItsMicroseconds() =>
        Assert.Equal(1_706_137_620_123_456, TallyRows.NextPosition(0, DateTimeOffset.UnixEpoch.AddTicks(17_061_376_201_234_569)));

    [Fact]
    public void NextPosition_WithAClockThatStands_RisesByOne() =>
        Assert.Equal(8, TallyRows.NextPosition(7, DateTimeOffset.UnixEpoch));
}
