using System.Collections.Immutable;
using Actors.TestKit.Histories;

namespace Actors.Bench.Cluster;

/// <summary>What came of it.</summary>
internal static class ChaosReport
{
    private const int Shown = 20;

    public static void Print(ScanHistory history, IReadOnlyDictionary<string, int> faults, ImmutableArray<Violation> violations, TimeSpan elapsed)
    {
        Console.WriteLine($"in {elapsed.TotalSeconds:N0} s: {string.Join(", ", faults.Select(fault => $"{fault.Value} {fault.Key}"))}");
        Console.WriteLine($"calls made       {history.Calls,9:N0}   (the longest took {history.LongestCall.TotalSeconds:N1} s)");
        Console.WriteLine($"calls failed     {history.Refused + history.Unreached,9:N0}   ({history.Refused:N0} refused with Retry-After, {history.Unreached:N0} unreached)");
        Console.WriteLine($"scans retried    {history.Unconfirmed,9:N0}   (answered as not confirmed yet)");
        Console.WriteLine($"scans answered   {history.Answers.Count,9:N0}   of {history.Answers.Select(answer => answer.Certificate).Distinct().Count():N0} certificates");
        Console.WriteLine($"lost             {Count(ViolationKind.LostWrite),9:N0}");
        Console.WriteLine($"stored twice     {Count(ViolationKind.StoredTwice),9:N0}");
        Console.WriteLine($"double firsts    {Count(ViolationKind.DoubleFirst),9:N0}");
        Console.WriteLine($"changed answers  {Count(ViolationKind.OutcomeChanged),9:N0}");
        Console.WriteLine($"without answer   {Count(ViolationKind.BadAnswer),9:N0}");
        foreach (var violation in violations.Take(Shown))
        {
            Console.WriteLine(violation);
        }

        int Count(ViolationKind kind) => violations.Count(violation => violation.Kind == kind);
    }
}
