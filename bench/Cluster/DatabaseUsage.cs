using System.Globalization;
using Actors.Bench.Support;
using Npgsql;

namespace Actors.Bench.Cluster;

/// <summary>What a database server has done and used so far.</summary>
/// <param name="Commits">Transactions of this database.</param>
/// <param name="Syncs">How often the log was confirmed by the disk.</param>
/// <param name="SyncTime">Milliseconds that this took.</param>
/// <param name="Processor">Seconds of processor time of all its processes that still run.</param>
/// <param name="Idle">Seconds for which a processor of the machine had nothing to do.</param>
internal sealed record DatabaseUsage(long Commits, long Syncs, double SyncTime, double Processor, double Idle)
{
    private const double TicksPerSecond = 100;

    private const string Query =
        "SELECT pg_stat_clear_snapshot(), d.xact_commit, w.wal_sync, w.wal_sync_time, pg_backend_pid() FROM pg_stat_database d, pg_stat_wal w WHERE d.datname = current_database()";

    public static async Task<DatabaseUsage> OfAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Query, connection);
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return new(rows.GetInt64(1), rows.GetInt64(2), rows.GetDouble(3), ProcessorOf(Parent(rows.GetInt32(4))), IdleSeconds());
    }

    public static DatabaseUsage operator -(DatabaseUsage left, DatabaseUsage right) => new(
        left.Commits - right.Commits,
        left.Syncs - right.Syncs,
        left.SyncTime - right.SyncTime,
        left.Processor - right.Processor,
        left.Idle - right.Idle);

    private static double ProcessorOf(int postmaster)
    {
        var seconds = 0.0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                var id = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
                if (id == postmaster || Parent(id) == postmaster)
                {
                    seconds += ProcessUsage.Of(id).Processor.TotalSeconds;
                }
            }
            catch (Exception gone) when (gone is IOException or ArgumentException or InvalidOperationException)
            {
                // It ended meanwhile.
            }
        }

        return seconds;
    }

    // The name in brackets may hold anything; what follows it are the state and the parent.
    private static int Parent(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static double IdleSeconds() =>
        double.Parse(File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[4], CultureInfo.InvariantCulture) / TicksPerSecond;
}
