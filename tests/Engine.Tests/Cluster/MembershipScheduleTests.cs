using Actors.Engine.Cluster;

namespace Actors.Engine.Tests.Cluster;

/// <summary>Random faults at random moments, each run by its seed; then they end, and the cluster has to be whole again by itself.</summary>
public sealed class MembershipScheduleTests
{
    private const int Cases = 4;

    /// <summary>Few enough for every build; ACTORS_SEEDS=5000 tries more.</summary>
    private static readonly int s_seeds = int.TryParse(Environment.GetEnvironmentVariable("ACTORS_SEEDS"), out var seeds) ? seeds : 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Faults_OfAnyKindAndOrder_EndInAWholeClusterAndNoWriteOfTheDead(int part)
    {
        // Off the test's own context, so that everything runs on one thread in one order.
        await Task.Run(
            async () =>
            {
                for (var seed = part; seed < s_seeds; seed += Cases)
                {
                    await using var schedule = new MembershipSchedule(seed);
                    schedule.Run();
                }
            },
            TestContext.Current.CancellationToken);
    }
}

/// <summary>One run: half a minute of faults, then a minute of peace.</summary>
internal sealed class MembershipSchedule : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MembershipSimulation _cluster;
    private readonly Random _random;
    private readonly bool _clockJumps;
    private readonly int _seed;
    private readonly Dictionary<SimulatedProcess, int> _cached = [];
    private int _stored;
    private int _acknowledged;
    private int _judged;

    public MembershipSchedule(int seed)
    {
        (_seed, _random, _cluster) = (seed, new Random(seed), new MembershipSimulation(seed));
        _clockJumps = seed % 5 == 0;
    }

    public void Run()
    {
        var names = Enumerable.Range(0, _random.Next(2, 6)).Select(number => $"s{number}").ToArray();
        _cluster.AddSilos(names);
        _cluster.AddClient();
        for (var phase = 0; phase < 12; phase++)
        {
            Fault(names);
            _cluster.Run(Second * (0.2 + (_random.NextDouble() * 5)), Check);
        }

        Heal();
        _cluster.Run(Second * 45, Check);
        var members = _cluster.Silos.Select(silo => silo.Self!.ToString()).Order(StringComparer.Ordinal).ToList();
        foreach (var process in _cluster.Alive)
        {
            Assert.True(process.Membership.Problem is null && !process.Membership.IsParked, $"Seed {_seed}: {_cluster}");
            Assert.True(
                members.SequenceEqual(process.Membership.View.Members.Select(member => member.ToString()).Order(StringComparer.Ordinal)),
                $"Seed {_seed}: {_cluster}");
        }

        var buried = _cluster.Burials.Count;
        _cluster.Run(Second * 15, Check);
        Assert.True(buried == _cluster.Burials.Count, $"Seed {_seed}, in peace: {_cluster}");
        Assert.True(_acknowledged == _stored && _stored > 0, $"Seed {_seed}: {_acknowledged} writes were acknowledged, {_stored} are stored.");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private void Fault(string[] names)
    {
        var alive = _cluster.Alive.ToList();
        var one = alive[_random.Next(alive.Count)];
        var other = alive[_random.Next(alive.Count)];
        switch (_random.Next(_clockJumps ? 12 : 11))
        {
            case 0 when one.IsSilo && _cluster.Silos.Count() > 1:
                one.Kill();
                break;
            case 1:
                var gone = names.Except(_cluster.Silos.Select(silo => silo.Endpoint![..^2])).FirstOrDefault();
                if (gone is not null)
                {
                    _cluster.AddSilo(gone);
                }

                break;
            case 2 when !one.IsFrozen:
                one.Freeze();
                break;
            case 3:
                Thaw();
                break;
            case 4:
                one.Link.Fault = (TableFault)_random.Next(4);
                break;
            case 5:
                alive.ForEach(process => process.Link.Fault = TableFault.Refuses);
                break;
            case 6:
                alive.ForEach(process => process.Link.Fault = TableFault.None);
                break;
            case 7:
                one.IsIsolated = !one.IsIsolated;
                break;
            case 8 when one != other:
                one.CutFrom.Add(other);
                break;
            case 9:
                one.Link.CanListen = !one.Link.CanListen;
                one.Link.LoseListener();
                break;
            case 10:
                Heal();
                break;
            case 11:
                _cluster.Table.Shift += Second * _random.Next(-4000, 4000);
                break;
        }
    }

    private void Heal()
    {
        Thaw();
        foreach (var process in _cluster.Alive)
        {
            process.Link.Fault = TableFault.None;
            process.Link.CanListen = true;
            process.IsIsolated = false;
            process.CutFrom.Clear();
        }
    }

    private void Thaw()
    {
        foreach (var process in _cluster.Alive.Where(process => process.IsFrozen))
        {
            process.Thaw();
        }
    }

    private void Check()
    {
        for (; _judged < _cluster.Burials.Count; _judged++)
        {
            var (member, ground) = _cluster.Burials[_judged];
            var process = _cluster.Find(member);

            // Whoever trusts his own lease has not lost it by time.
            Assert.False(
                ground is Doubt.Expired && !_clockJumps && process is { IsFrozen: false, Membership.IsParked: false },
                $"Seed {_seed}: {member} was evicted while it trusted its lease. {_cluster}");
        }

        foreach (var silo in _cluster.Silos)
        {
            Write(silo);
        }
    }

    // One grain, written by compare-and-set by whoever believes to hold it, as the storage does it.
    private void Write(SimulatedProcess silo)
    {
        if (silo.IsFrozen || silo.Membership.IsParked || silo.Self is not { } self || !Owns(silo, self))
        {
            _cached.Remove(silo);
            return;
        }

        var etag = _cached.TryGetValue(silo, out var known) ? known : _stored;
        if (_cluster.Table.CanWrite(self) && etag == _stored)
        {
            Assert.DoesNotContain(_cluster.Burials, burial => burial.Member == self);
            _stored++;
            _acknowledged++;
            _cached[silo] = _stored;
        }
        else
        {
            _cached.Remove(silo);
        }
    }

    private static bool Owns(SimulatedProcess silo, ClusterMember self) =>
        silo.Membership.View.OwnerOf(Orleans.Runtime.GrainId.Create("g", "k")) == self;
}
