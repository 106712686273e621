using Actors.Silo.Storage;
using Actors.Silo.Storage.Sqlite;

namespace Actors.Unit.Tests.Storage;

/// <summary>What lies in files must be found again by every later version.</summary>
public sealed class StoredFormatTests
{
    [Fact]
    public void StableHash_OfAKey_NeverChanges() =>
        Assert.Equal(4_173_658_292_387_717_026, StableHash.Of(new StateKey("tally-certificate", "certificate:é")));

    [Fact]
    public void StableHash_OfKeysThatJoinAlike_Differs() =>
        Assert.NotEqual(StableHash.Of(new StateKey("ab", "c")), StableHash.Of(new StateKey("a", "bc")));

    [Fact]
    public void Time_OfAnyOffset_IsTheSameInstantToTheTick()
    {
        var time = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567);

        Assert.Equal(time, SqliteTime.FromNumber(SqliteTime.ToNumber(time)));
        Assert.Equal(0, SqliteTime.ToNumber(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void ETag_OfANumber_IsReadBackAndNothingElseIs()
    {
        var etag = ETags.Next();

        Assert.Equal(etag, ETags.Parse(ETags.Format(etag)));
        Assert.All(["", "x", "12", "123456789012345g", " 23456789012345 "], text => Assert.Equal(0, ETags.Parse(text)));
    }
}
