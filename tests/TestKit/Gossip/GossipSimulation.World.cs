using Actors.Tallying;
using Actors.Tallying.Gossip;

namespace Actors.TestKit.Gossip;

/// <summary>What the readers live in: processes that die, a network that loses, and a list of who takes part.</summary>
public sealed partial class GossipSimulation
{
    private void Place(SimulatedReader reader)
    {
        var home = _homes.Find(home => home.IsUp && home.Readers.Count < _scenario.ReadersPerHome);
        if (home is null)
        {
            home = NewHome();
            _homes.Add(home);
        }

        _readers.Add(reader);
        _byId.Add(reader.Id, reader);
        home.Readers.Add(reader);
        Start(reader, home);
    }

    private SimulatedHome NewHome()
    {
        var id = NewId();
        return new SimulatedHome(id, new GossipHome(id, _settings, new EventStoreLimits(_scenario.Retention, 1_000_000)))
        {
            Side = _random.Next(2),
        };
    }

    private void Start(SimulatedReader reader, SimulatedHome home)
    {
        reader.Home = home;
        reader.Wake = null;
        reader.Node = new GossipNode(reader.Id, home.Gossip, new Random(_random.Next()));
        home.Gossip.Enter(reader.Id, _now);
        home.Gossip.Merge(reader.Log, home.Id, _now);
        foreach (var record in reader.Log)
        {
            _meter.Restored(record, home.Id);
        }

        Pump(reader);
    }

    private void Crash()
    {
        var up = _homes.Where(home => home.IsUp).ToList();
        if (up.Count < 2)
        {
            return;
        }

        var dead = up[_random.Next(up.Count)];
        dead.IsUp = false;
        In(TimeSpan.FromSeconds(_random.NextDouble() * 3), () => Restart(dead));
    }

    private void Restart(SimulatedHome dead)
    {
        if (!_homes.Remove(dead))
        {
            return;
        }

        var home = NewHome();
        _homes.Add(home);
        home.Readers.AddRange(dead.Readers);
        foreach (var reader in home.Readers)
        {
            Start(reader, home);
        }
    }

    private void Remove(SimulatedReader reader)
    {
        var home = reader.Home!;
        home.Readers.Remove(reader);
        home.Gossip.Leave(reader.Id);
        if (home.Readers.Count == 0)
        {
            home.IsUp = false;
            _homes.Remove(home);
        }
    }

    private void Part()
    {
        _isPartitioned = true;
        In(TimeSpan.FromSeconds(_random.NextDouble() * 4), () => _isPartitioned = false);
    }

    /// <summary>From here on only messages are lost.</summary>
    private void Mend()
    {
        _isPartitioned = false;
        foreach (var dead in _homes.Where(home => !home.IsUp).ToList())
        {
            Restart(dead);
        }
    }

    /// <summary>Who takes part is told from time to time, and is old when it arrives.</summary>
    private void RenewRosters()
    {
        var peers = _homes.Where(home => home.IsUp).SelectMany(home => home.Readers.Select(reader => new GossipPeer(reader.Id, home.Id))).ToList();
        if (!_roster.Peers.AsSpan().SequenceEqual(peers.OrderBy(peer => peer.Reader).ToArray()))
        {
            _roster = new GossipRoster(peers);
        }

        var told = _roster;
        foreach (var home in _homes.Where(home => home.IsUp && !(_isPartitioned && home.Side == 1)))
        {
            home.Gossip.Roster = told;
        }

        In(RosterPeriod, RenewRosters);
    }

    private void Pump(SimulatedReader reader)
    {
        if (reader.Node is not { } node || !reader.IsUp)
        {
            return;
        }

        foreach (var (peer, message) in node.Poll(_now))
        {
            Send(reader, peer, message);
        }

        // a reader of the same process may have come before it in key order: then that one compares
        if (node.Due is { } due && (reader.Wake is not { } wake || due < wake || wake <= _now))
        {
            var at = due <= _now ? _now + TimeSpan.FromMilliseconds(1) : due;
            reader.Wake = at;
            At(at, () =>
            {
                if (reader.Node == node && reader.Wake == at)
                {
                    Pump(reader);
                }
            });
        }
    }

    private void Send(SimulatedReader from, Guid to, GossipMessage message)
    {
        var sender = from.Node!;
        var home = from.Home!;
        var receiver = Living(to);
        // where the sender takes it to live: a process that died and came back is another one
        _meter.Sent(message, home.Id, home.Gossip.Roster.Find(to)?.Home);
        if (receiver is null || IsLost(home, receiver.Home!))
        {
            In(Timeout, () => Conclude(from, sender, () => sender.Failed(to, message, _now)));
            return;
        }

        In(Latency(), () => Deliver(from, sender, to, message, isCopy: false));
        if (_random.NextDouble() < _scenario.Duplication)
        {
            In(Latency(), () => Deliver(from, sender, to, message, isCopy: true));
        }
    }

    private void Deliver(SimulatedReader from, GossipNode sender, Guid to, GossipMessage message, bool isCopy)
    {
        var receiver = Living(to);
        if (receiver is null)
        {
            In(Timeout, () => Conclude(from, sender, () => sender.Failed(to, message, _now)), isCopy);
            return;
        }

        var home = receiver.Home!;
        var answer = receiver.Node!.Receive(message, _now, out var learned);
        _meter.Received(message, home.Id, learned, _now);
        Pump(receiver);
        if (IsLost(from.Home!, home))
        {
            In(Timeout, () => Conclude(from, sender, () => sender.Failed(to, message, _now)), isCopy);
            return;
        }

        In(Latency(), () => Conclude(from, sender, () =>
        {
            sender.Answered(to, message, answer, _now, out var told);
            _meter.Answered(message, answer, from.Home!.Id, told, _now);
        }), isCopy);
    }

    /// <summary>The sender hears once of each message, and nothing of messages of a former life.</summary>
    private void Conclude(SimulatedReader from, GossipNode sender, Action end)
    {
        if (from.Node == sender && from.IsUp)
        {
            end();
            Pump(from);
        }
    }

    private void In(TimeSpan time, Action action, bool isCopy)
    {
        if (!isCopy)
        {
            In(time, action);
        }
    }

    private SimulatedReader? Living(Guid id) =>
        _byId.TryGetValue(id, out var reader) && reader.IsUp && reader.Home!.Readers.Contains(reader) ? reader : null;

    private bool IsLost(SimulatedHome one, SimulatedHome other) =>
        one != other && ((_isPartitioned && one.Side != other.Side) || _random.NextDouble() < _scenario.Loss);

    private TimeSpan Latency() =>
        _scenario.MinLatency + (_scenario.MaxLatency - _scenario.MinLatency) * _random.NextDouble();

    /// <summary>What somebody lacks, or null. Everybody has to know what readers that are up have in their logs, and what anybody knows.</summary>
    private string? Missing()
    {
        var up = _homes.Where(home => home.IsUp).ToList();
        var all = new HashSet<(Guid, long)>();
        foreach (var home in up)
        {
            home.Gossip.Expire(SimulatedReader.At(_now));
            all.UnionWith(home.Gossip.Use(store => store.Held().ToList()));
            all.UnionWith(home.Readers.SelectMany(reader => reader.Log).Where(IsFresh).Select(record => (record.Origin, record.Sequence)));
        }

        foreach (var home in up)
        {
            var (held, count) = home.Gossip.Use(store => (store.Held().ToHashSet(), store.Count));
            if (held.Count != count || !all.IsSubsetOf(held))
            {
                return $"{up.Count} processes; one knows {held.Count} of {all.Count} records at {_now}";
            }
        }

        return null;
    }

    private bool IsFresh(GossipRecord record) => record.Events[0].ReceivedAt >= SimulatedReader.At(_now) - _scenario.Retention;
}
