using System.Diagnostics;
using Actors.TestKit.Processes;

namespace Actors.Bench.Support;

/// <summary>From starting the built program to its first answer, and what it keeps in memory.</summary>
public static class ColdStart
{
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        var baseline = new Samples();
        var starts = new Samples();
        await using var api = await ApiProcess.StartAsync(CancellationToken.None);
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            using (var version = Process.Start(new ProcessStartInfo("dotnet", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!)
            {
                await version.WaitForExitAsync();
            }

            baseline.Add(begun);
            await api.KillAsync();
            begun = Stopwatch.GetTimestamp();
            await api.RestartAsync(CancellationToken.None);
            starts.Add(begun);
        }

        Console.WriteLine($"baseline, dotnet --version:    median {baseline.Percentile(0.5):0} ms");
        Console.WriteLine($"start to the first /readyz:    median {starts.Percentile(0.5):0} ms (polled every 50 ms)");
        Console.WriteLine($"resident when idle:            {api.ResidentBytes / 1_000_000.0:0} MB");
    }
}
