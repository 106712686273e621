using System.Globalization;

namespace Actors.Bench.Tallying;

/// <summary>What an event costs when the log holds 1,000, 10,000 and 100,000 of them, and as many certificates were touched.</summary>
public static class TallyGrowth
{
    private const int ReaderCount = 50;
    private const int Measured = 5_000;
    private const int WarmCount = 2_000;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];
    private static readonly TimeSpan Unhurried = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public static async Task RunAsync()
    {
        Console.WriteLine(TallyLoad.Header);
        await GrowAsync("batches of 1, warm", 1, WarmCount);
        await GrowAsync("batches of 100, warm", 100, WarmCount);
        await GrowAsync("batches of 100, untouched", 100, Sizes[^1] + Sizes.Length * Measured);
    }

    private static async Task GrowAsync(string what, int batch, int certificateCount)
    {
        await using var door = await DoorFixture.StartAsync(ReaderCount);
        var certificates = await door.CreateCertificatesAsync(certificateCount);
        await door.Api.KillAsync();
        await door.Api.RestartAsync(CancellationToken.None);
        using var load = new TallyLoad(door);
        // What is sent again does not make the log longer.
        _ = load.Repeats("warm-up", WarmUp, certificates[0]);
        var next = -1;
        var done = 0;
        foreach (var size in Sizes)
        {
            _ = load.Syncs("growth", 100, Unhurried, size - done, Next);
            Console.WriteLine(load.Syncs(string.Create(CultureInfo.InvariantCulture, $"{what}, after {size:N0} events"), batch, Unhurried, Measured, Next));
            done = size + Measured;
        }

        Guid Next() => certificates[(Interlocked.Increment(ref next) & int.MaxValue) % certificates.Length];
    }
}
