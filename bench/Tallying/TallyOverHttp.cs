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
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string[] arguments)
    {
        var rounds = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 3;
        await using var door = await DoorFixture.StartAsync(ReaderCount);
        var warm = await door.CreateCertificatesAsync(2_000);
        using (var load = new TallyLoad(door))
        {
            Console.WriteLine(TallyLoad.Header);
            DiskSync.Print(door.Api.DataPath);
            _ = load.Syncs("warm-up", 1, Window, int.MaxValue, () => AnyOf(warm));
            Console.WriteLine(load.Requests("baseline: GET /healthz", "/healthz", Window));
            Console.WriteLine(load.Syncs("baseline: a synchronisation without scans", 0, Window, int.MaxValue, () => AnyOf(warm)));
        }

        for (var round = 1; round <= rounds; round++)
        {
            using (var load = new TallyLoad(door))
            {
                Console.WriteLine(load.Syncs($"batches of 1, warm certificates ({round})", 1, Window, int.MaxValue, () => AnyOf(warm)));
                Console.WriteLine(load.Syncs($"batches of 100, warm certificates ({round})", 100, Window, int.MaxValue, () => AnyOf(warm)));
            }

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
        _ = load.Syncs("warm-up", 100, Window / 2, int.MaxValue, () => AnyOf(warm));
        var next = -1;
        Console.WriteLine(load.Syncs($"batches of 100, untouched certificates ({round})", 100, Window, untouched.Length, () => untouched[Interlocked.Increment(ref next)]));
    }

    private static Guid AnyOf(Guid[] certificates) => certificates[Random.Shared.Next(certificates.Length)];
}
