using Actors.Engine.Cluster;
using Actors.TestKit.Clusters;
using Actors.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Engine.Tests.Cluster;

/// <summary>
/// Processes of a cluster on one thread, each with a clock of its own, beside a table with its clock: everything that
/// happens follows from the seed. Who hears whom is simulated as the transport does it.
/// </summary>
internal sealed class MembershipSimulation : IAsyncDisposable
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly ManualTimeProvider _tableClock = new();
    private readonly Random _random;
    private readonly List<SimulatedProcess> _all = [];

    public MembershipSimulation(int seed = 0)
    {
        _random = new Random(seed);
        Table = new MemoryMembershipTable(_tableClock, Options) { Buried = (member, doubt) => Burials.Add((member, doubt)) };
    }

    public MembershipOptions Options { get; } = new();

    public MemoryMembershipTable Table { get; }

    /// <summary>Lives that ended, and on what ground.</summary>
    public List<(ClusterMember Member, Doubt? Ground)> Burials { get; } = [];

    public IReadOnlyList<SimulatedProcess> Processes => _all;

    public IEnumerable<SimulatedProcess> Alive => _all.Where(process => process.IsAlive);

    public IEnumerable<SimulatedProcess> Silos => Alive.Where(process => process.IsSilo);

    public SimulatedProcess AddSilo(string id, params SimulatedProcess[] cutFrom) => Add(new LocalSilo(id, $"{id}:1"), id, cutFrom);

    public SimulatedProcess AddClient() => Add(null, "client", []);

    /// <summary>Some silos that are active.</summary>
    public SimulatedProcess[] AddSilos(params string[] ids)
    {
        var silos = ids.Select(id => AddSilo(id)).ToArray();
        Run(TimeSpan.FromSeconds(2));
        Assert.All(silos, silo => Assert.Contains(silo.Self, silo.Membership.View.Members));
        return silos;
    }

    public void Run(TimeSpan time, Action? everyTick = null)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Tick)
        {
            _tableClock.Advance(Tick);
            foreach (var process in _all.ToList())
            {
                process.Pass(Tick);
            }

            everyTick?.Invoke();
        }
    }

    /// <summary>Until something holds; not for longer than a minute.</summary>
    public TimeSpan RunUntil(Func<bool> holds, string what)
    {
        var passed = TimeSpan.Zero;
        for (; !holds(); passed += Tick)
        {
            Assert.True(passed < TimeSpan.FromMinutes(1), $"Never: {what}. {this}");
            Run(Tick);
        }

        return passed;
    }

    public SimulatedProcess? Find(ClusterMember member) => _all.FirstOrDefault(process => process.IsAlive && process.Self == member);

    public SimulatedProcess? FindAt(string endpoint) => _all.FirstOrDefault(process => process.IsAlive && process.Endpoint == endpoint);

    public override string ToString() => string.Join("; ", _all);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _all)
        {
            await process.DisposeAsync();
        }
    }

    private SimulatedProcess Add(LocalSilo? local, string name, SimulatedProcess[] cutFrom)
    {
        var process = new SimulatedProcess(this, local, name, new Random(_random.Next()), NullLogger<ClusterMembership>.Instance);
        process.CutFrom.UnionWith(cutFrom);
        _all.Add(process);
        process.Membership.Start();
        return process;
    }
}
