namespace Actors.Bench.Cluster;

/// <summary>One measurement of durable writes and what it used.</summary>
internal sealed record WriteFigures(double Rate, double Seconds, RuntimeUsage Client, RuntimeUsage Silos, DatabaseUsage Server)
{
    private double Writes => Rate * Seconds;

    /// <summary>The medians of all rounds; the times are those of each round against the baseline of the same round.</summary>
    public static void Print(string what, List<WriteFigures> rounds, List<WriteFigures> baseline)
    {
        var times = rounds.Zip(baseline, (round, plain) => round.Rate / plain.Rate).Order().ToArray();
        Console.WriteLine(
            $"{what,-40} {Median(r => r.Rate),8:N0} writes/s ({rounds.Min(r => r.Rate):N0}-{rounds.Max(r => r.Rate):N0}), {times[times.Length / 2]:0.0} times ({times[0]:0.0}-{times[^1]:0.0})");
        Console.WriteLine(
            $"  writes per commit {Median(r => r.Writes / r.Server.Commits):0.0}; {Median(r => r.Server.Commits / r.Seconds):N0} commits/s, {Median(r => r.Server.Syncs / r.Seconds):N0} syncs/s of {Median(r => r.Server.SyncTime / Math.Max(1, r.Server.Syncs)):0.00} ms");
        Console.WriteLine(
            $"  us of processor per write: client {PerWrite(r => r.Client.Processor):0}, silos {PerWrite(r => r.Silos.Processor):0}, database {PerWrite(r => r.Server.Processor):0}; idle {Median(r => r.Server.Idle / r.Seconds / Environment.ProcessorCount) * 100:0} %");

        double Median(Func<WriteFigures, double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);
        double PerWrite(Func<WriteFigures, double> processor) => Median(r => processor(r) * 1_000_000 / r.Writes);
    }
}
