using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Engine;
using Actors.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Actors.Bench.Cluster;

/// <summary>From kill -9 of a silo to the first success on a grain that it held; and what a rolling restart costs callers.</summary>
internal static class Takeover
{
    private const int Silos = 3;
    private const int Callers = 64;

    public static async Task RunAsync(string[] arguments)
    {
        var kills = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 20;
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        var silos = new BenchProcess[Silos];
        for (var i = 0; i < Silos; i++)
        {
            silos[i] = await BenchProcess.StartAsync(database, Endpoint(i));
        }

        using var client = await BenchProcess.StartHostAsync(database, endpoint: null);
        try
        {
            await KillAsync(client.Services, database, silos, kills);
            await FreezeAsync(client.Services, database, silos, Math.Max(3, kills / 4));
            await RestartAsync(client.Services, database, silos);
        }
        finally
        {
            Array.ForEach(silos, silo => silo.Dispose());
            await client.StopAsync();
        }
    }

    private static string Endpoint(int number) => $"127.0.0.1:{21600 + number}";

    private static async Task KillAsync(IServiceProvider client, string database, BenchProcess[] silos, int kills)
    {
        var times = new List<double>();
        for (var kill = 0; kill < kills; kill++)
        {
            var victim = kill % Silos;
            times.Add(await TakeOverAsync(client, silos, victim, $"killed-{kill}", silo =>
            {
                silo.Kill();
                return Task.CompletedTask;
            }));
            silos[victim].Dispose();
            silos[victim] = await BenchProcess.StartAsync(database, Endpoint(victim));
            await WholeAsync(client);
        }

        Print($"kill -9 to the next success on a grain it held, {kills} times", times);
    }

    private static async Task FreezeAsync(IServiceProvider client, string database, BenchProcess[] silos, int times)
    {
        var taken = new List<double>();
        for (var time = 0; time < times; time++)
        {
            var victim = time % Silos;
            taken.Add(await TakeOverAsync(client, silos, victim, $"frozen-{time}", silo => silo.FreezeAsync()));
            await silos[victim].ThawAsync();
            if (!BenchEngine.JoinsAgain)
            {
                silos[victim].Dispose();
                silos[victim] = await BenchProcess.StartAsync(database, Endpoint(victim));
            }

            await WholeAsync(client);
        }

        Print($"SIGSTOP to the next success on a grain it held, {times} times", taken);
    }

    // From the blow to the answer of a grain that the silo held, tried again at once when it fails.
    private static async Task<double> TakeOverAsync(IServiceProvider client, BenchProcess[] silos, int victim, string mark, Func<BenchProcess, Task> blow)
    {
        var grain = await HeldByAsync(client, silos[victim].Endpoint, mark);
        await grain.AddAsync(1);
        await blow(silos[victim]);
        var start = Stopwatch.GetTimestamp();
        while (!await TryAsync(grain))
        {
            await Task.Yield();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<ICounterGrain> HeldByAsync(IServiceProvider client, string endpoint, string mark)
    {
        var grains = client.GetRequiredService<IGrainFactory>();
        for (var i = 0; ; i++)
        {
            var grain = grains.GetGrain<ICounterGrain>($"counter:{mark}-{i}");
            if (await BenchEngine.HolderAsync(client, grain) == endpoint)
            {
                return grain;
            }
        }
    }

    private static async Task WholeAsync(IServiceProvider client)
    {
        while (await BenchEngine.SilosAsync(client) < Silos)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static void Print(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"{what}: median {times[times.Count / 2]:N0} ms, p95 {times[(int)Math.Ceiling(times.Count * 0.95) - 1]:N0} ms, longest {times[^1]:N0} ms");
    }

    private static async Task RestartAsync(IServiceProvider client, string database, BenchProcess[] silos)
    {
        var grains = client.GetRequiredService<IGrainFactory>();
        using var enough = new CancellationTokenSource();
        var (calls, failures) = (0L, 0L);
        var longest = 0d;
        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            while (!enough.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                if (!await TryAsync(grains.GetGrain<ICounterGrain>($"counter:{random.Next(10_000)}")))
                {
                    Interlocked.Increment(ref failures);
                }

                Interlocked.Increment(ref calls);
                var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                InterlockedMax(ref longest, took);
            }
        })));
        for (var i = 0; i < Silos; i++)
        {
            await silos[i].LeaveAsync();
            silos[i].Dispose();
            silos[i] = await BenchProcess.StartAsync(database, Endpoint(i));
        }

        await enough.CancelAsync();
        await load;
        Console.WriteLine($"rolling restart of {Silos} silos under {Callers} callers: {calls:N0} calls, {failures:N0} failed, the longest took {longest:N0} ms");
    }

    private static async Task<bool> TryAsync(ICounterGrain grain)
    {
        try
        {
            await grain.AddAsync(1);
            return true;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private static void InterlockedMax(ref double target, double value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }
}
