namespace Actors.Silo.Storage.Sqlite;

/// <summary>Times as stored: ticks of 100 ns since the Unix epoch, so that nothing is lost by a round trip.</summary>
internal static class SqliteTime
{
    public static long ToNumber(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset FromNumber(long number) => DateTimeOffset.UnixEpoch.AddTicks(number);
}
