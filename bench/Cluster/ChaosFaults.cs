using Actors.TestKit.Processes;

namespace Actors.Bench.Cluster;

/// <summary>A fault and its end.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="RunAsync">Makes it, and ends it.</param>
internal sealed record ChaosFault(string Name, Func<Task> RunAsync);

/// <summary>Which fault comes next, by chance.</summary>
internal sealed class ChaosFaults(ProcessCluster cluster, Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);
    private static readonly string[] ServerStops = ["fast", "immediate"];

    private ClusterSilo _killed = cluster.Silos[0];

    /// <summary>Whether something else breaks while a silo is down.</summary>
    public bool HasCompany => random.Next(3) == 0;

    /// <summary>kill -9 of a silo that is started again.</summary>
    public ChaosFault Kill()
    {
        var silo = _killed = cluster.Silos[random.Next(cluster.Silos.Length)];
        return new ChaosFault("silos killed", async () =>
        {
            await silo.Process.KillAsync();
            await silo.StartAsync(CancellationToken.None);
        });
    }

    /// <summary>Something that befalls another silo than the one that was killed last.</summary>
    public ChaosFault Other()
    {
        var others = cluster.Silos.Remove(_killed);
        return Befalling(others[random.Next(others.Length)]);
    }

    /// <summary>Something that befalls the whole cluster, or nothing.</summary>
    public ChaosFault? Now() => random.Next(8) switch
    {
        0 => DatabaseRestart(),
        1 => ServerKill(),
        2 or 3 or 4 => Befalling(cluster.Silos[random.Next(cluster.Silos.Length)]),
        _ => null,
    };

    private ChaosFault Befalling(ClusterSilo silo)
    {
        var time = Shortest + ((Longest - Shortest) * random.NextDouble());
        return random.Next(4) switch
        {
            0 or 1 => new ChaosFault("silos frozen", () => ForAsync(time, () => silo.Process.FreezeAsync(), () => silo.Process.ThawAsync())),
            2 => new ChaosFault("silos cut off from the others", () => ForAsync(time, () => CutAsync(silo), HealAsync)),
            _ => new ChaosFault("silos cut off from the database", () => ForAsync(
                time,
                () =>
                {
                    silo.Database.Cut();
                    return Task.CompletedTask;
                },
                () =>
                {
                    silo.Database.Heal();
                    return Task.CompletedTask;
                })),
        };
    }

    private ChaosFault ServerKill()
    {
        var api = cluster.Apis[random.Next(cluster.Apis.Length)];
        return new ChaosFault("servers killed", async () =>
        {
            await api.Process.KillAsync();
            await api.StartAsync(CancellationToken.None);
        });
    }

    private ChaosFault DatabaseRestart()
    {
        var mode = ServerStops[random.Next(ServerStops.Length)];
        var time = Longest * random.NextDouble();
        return new ChaosFault("restarts of the database", () => ForAsync(time, () => cluster.Server.StopAsync(mode), cluster.Server.StartAgainAsync));
    }

    private static async Task ForAsync(TimeSpan time, Func<Task> begin, Func<Task> end)
    {
        await begin();
        await Task.Delay(time, TimeProvider.System);
        await end();
    }

    // The others are those of this moment: one that is started meanwhile gets through.
    private Task CutAsync(ClusterSilo silo)
    {
        var others = cluster.Silos.Remove(silo);
        silo.Network.Cut([.. others.Select(other => other.Process.Id)]);
        foreach (var other in others)
        {
            other.Network.Cut(silo.Process.Id);
        }

        return Task.CompletedTask;
    }

    private Task HealAsync()
    {
        foreach (var silo in cluster.Silos)
        {
            silo.Network.Heal();
        }

        return Task.CompletedTask;
    }
}
