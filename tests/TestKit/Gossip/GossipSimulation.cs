using Actors.Tallying.Gossip;

namespace Actors.TestKit.Gossip;

/// <summary>
/// Runs the gossip of a whole campaign in one thread, on a clock of its own and on chance from a seed: the same seed is
/// the same run. What runs is the class that the reader grains run.
/// </summary>
public sealed partial class GossipSimulation
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RosterPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeavingTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(250);

    private readonly GossipScenario _scenario;
    private readonly int _seed;
    private readonly Random _random;
    private readonly GossipSettings _settings;
    private readonly PriorityQueue<Action, (long Ticks, int Order)> _queue = new();
    private readonly List<SimulatedReader> _readers = [];
    private readonly List<SimulatedHome> _homes = [];
    private readonly Dictionary<Guid, SimulatedReader> _byId = [];
    private readonly GossipMeter _meter = new();
    private TimeSpan _now;
    private int _order;
    private int _position;
    private bool _isPartitioned;
    private GossipRoster _roster = GossipRoster.Empty;

    private GossipSimulation(GossipScenario scenario, int seed)
    {
        _scenario = scenario;
        _seed = seed;
        _random = new Random(seed);
        _settings = new GossipSettings { PassesOn = !scenario.KeepsNews, Exchanges = !scenario.NeverCompares };
    }

    /// <summary>Runs a scenario.</summary>
    public static GossipOutcome Run(GossipScenario scenario, int seed) => new GossipSimulation(scenario, seed).Run();

    private GossipOutcome Run()
    {
        for (var i = 0; i < _scenario.Readers; i++)
        {
            Place(new SimulatedReader(NewId()));
        }

        RenewRosters();
        Plan();
        var end = _scenario.Duration;
        RunUntil(end);
        Mend();
        string? failure;
        while ((failure = Missing()) is not null && _now < end + _scenario.Patience)
        {
            RunUntil(_now + CheckPeriod);
        }

        failure ??= _meter.Violation;
        return _meter.Describe(_seed, failure is null ? null : $"seed {_seed}, {_scenario}: {failure}");
    }

    private void Plan()
    {
        for (var i = 0; i < _scenario.Events; i++)
        {
            At(Moment(), See);
        }

        for (var i = 0; i < _scenario.Partitions; i++)
        {
            At(Moment(), Part);
        }

        for (var i = 0; i < _scenario.Crashes; i++)
        {
            At(Moment(), Crash);
        }

        for (var i = 0; i < _scenario.Joins; i++)
        {
            At(Moment(), () => Place(new SimulatedReader(NewId())));
        }

        for (var i = 0; i < _scenario.Leaves; i++)
        {
            At(Moment(), Leave);
        }
    }

    private void See()
    {
        var up = _readers.Where(reader => reader.IsUp).ToList();
        if (up.Count == 0)
        {
            return;
        }

        var reader = up[_random.Next(up.Count)];
        var record = reader.See(_now, NewId(), ++_position);
        _meter.Seen(record, reader.Home!.Id, _now);
        reader.Node!.Publish([record], _now);
        Pump(reader);
    }

    /// <summary>A reader that leaves sees nothing any more; it is gone a little later.</summary>
    private void Leave()
    {
        if (_readers.Count <= 2)
        {
            return;
        }

        var reader = _readers[_random.Next(_readers.Count)];
        _readers.Remove(reader);
        In(LeavingTime, () => Remove(reader));
    }

    private void RunUntil(TimeSpan until)
    {
        while (_queue.TryPeek(out _, out var due) && due.Ticks <= until.Ticks)
        {
            var action = _queue.Dequeue();
            _now = TimeSpan.FromTicks(due.Ticks);
            action();
        }

        _now = until;
    }

    private void At(TimeSpan time, Action action) => _queue.Enqueue(action, (time.Ticks, _order++));

    private void In(TimeSpan time, Action action) => At(_now + time, action);

    private TimeSpan Moment() => _scenario.Duration * _random.NextDouble();

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
