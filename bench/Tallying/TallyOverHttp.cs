using System.Globalization;
using Actors.Bench.Support;

namespace Actors.Bench.Tallying;

/// <summary>
/// 50 readers that each post scans as fast as they are answered; every answered event is durable. The generator is a
/// process of its own on the same machine: what it and the server use of the processors is printed beside.
/// </summary>
public static class TallyOverHttp
{
    private const int ReaderCount = 50;
    private const int UntouchedCount = 80_000;
    private const int UntouchedWarmUp = 30_000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    // A program that has just started compiles its busiest methods for some 20 s under load: measured apart.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(string[] arguments)
    {
        var rounds = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 3;
        await using var door = await DoorFixture.StartAsync(ReaderCount);
        var warm = await door.CreateCertificatesAsync(2_000);
        using (var load = new TallyLoad(door))
        {
            Console.WriteLine(TallyLoad.Header);
            DiskSync.Print(door.Api.DataPath);
            Console.WriteLine(load.Syncs("a new process: batches of 1", 1, Window, int.MaxValue, () => AnyOf(warm)));
            Console.WriteLine(load.Syncs("a new process: then batches of 100", 100, Window, int.MaxValue, () => AnyOf(warm)));
            WarmUpWith(load, warm);
            _ = load.Requests("warm-up", "/healthz", Window);
            for (var round = 1; round <= rounds; round++)
            {
                Console.WriteLine(load.Requests($"baseline: GET /healthz ({round})", "/healthz", Window));
                Console.WriteLine(load.Syncs($"baseline: a synchronisation without scans ({round})", 0, Window, int.MaxValue, () => AnyOf(warm)));
                Console.WriteLine(load.Syncs($"batches of 1, warm certificates ({round})", 1, Window, int.MaxValue, () => AnyOf(warm)));
                Console.WriteLine(load.Syncs($"batches of 100, warm certificates ({round})", 100, Window, int.MaxValue, () => AnyOf(warm)));
            }
        }

        for (var round = 1; round <= rounds; round++)
        {
            await UntouchedAsync(door, round, warm);
        }
    }

    /// <summary>After a restart nothing of the new certificates is in memory; the program itself is warm.</summary>
    private static async Task UntouchedAsync(DoorFixture door, int round, Guid[] warm)
    {
        var untouched = await door.CreateCertificatesAsync(UntouchedCount);
        await door.Api.KillAsync();
        await door.Api.RestartAsync(CancellationToken.None);
        using var load = new TallyLoad(door);
        WarmUpWith(load, warm);
        var next = -1;
        _ = load.Syncs("warm-up", 100, WarmUp, UntouchedWarmUp, Next);
        Console.WriteLine(load.Syncs($"batches of 100, untouched certificates ({round})", 100, Window, untouched.Length - UntouchedWarmUp, Next));

        Guid Next() => untouched[Interlocked.Increment(ref next)];
    }

    private static void WarmUpWith(TallyLoad load, Guid[] warm)
    {
        _ = load.Syncs("warm-up", 1, WarmUp, int.MaxValue, () => AnyOf(warm));
        _ = load.Syncs("warm-up", 100, WarmUp, int.MaxValue, () => AnyOf(warm));
    }

    private static Guid AnyOf(Guid[] certificates) => certificates[Random.Shared.Next(certificates.Length)];
}
