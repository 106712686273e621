using Actors.Bench.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Actors.Bench.Cluster;

/// <summary>Silos as processes, this process as their client, and grains of 200 bytes.</summary>
internal sealed class NoteCluster : IAsyncDisposable
{
    private readonly IHost _client;
    private readonly INoteGrain[] _notes;
    private int _next = -1;

    private NoteCluster(string database, List<BenchProcess> silos, IHost client, int grains)
    {
        (Database, Silos, _client) = (database, silos, client);
        var factory = client.Services.GetRequiredService<IGrainFactory>();
        _notes = [.. Enumerable.Range(0, grains).Select(i => factory.GetGrain<INoteGrain>($"note:{i}"))];
    }

    public string Database { get; }

    public List<BenchProcess> Silos { get; }

    public string Name => $"{Silos.Count} silo{(Silos.Count == 1 ? "" : "s")}";

    public static async Task<NoteCluster> StartAsync(string database, int silos, int grains, int firstPort)
    {
        var processes = new List<BenchProcess>();
        for (var i = 0; i < silos; i++)
        {
            processes.Add(await BenchProcess.StartAsync(database, $"127.0.0.1:{firstPort + i}"));
        }

        return new NoteCluster(database, processes, await BenchProcess.StartHostAsync(database, endpoint: null), grains);
    }

    public static async Task<RuntimeUsage> UsageAsync(IReadOnlyList<BenchProcess> silos)
    {
        var usage = new RuntimeUsage(0, 0, 0, 0, 0);
        foreach (var silo in silos)
        {
            usage += await silo.UsageAsync();
        }

        return usage;
    }

    public Task WriteAllAsync(int callers) => Load.RunCountAsync(callers, _notes.Length, _ => WriteNextAsync());

    public Task<double> WriteAsync(int callers, TimeSpan window) => Load.RunAsync(callers, window, _ => WriteNextAsync());

    public Task<double> WriteOneAsync(int callers, TimeSpan window) => Load.RunAsync(callers, window, _ => _notes[0].WriteAsync());

    public Task ReadAllAsync(int callers)
    {
        var next = -1;
        return Load.RunCountAsync(callers, _notes.Length, _ => _notes[Interlocked.Increment(ref next)].ReadAsync().AsTask());
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
        foreach (var silo in Silos)
        {
            await silo.LeaveAsync();
            silo.Dispose();
        }
    }

    private Task<long> WriteNextAsync() => _notes[(uint)Interlocked.Increment(ref _next) % (uint)_notes.Length].WriteAsync();
}
