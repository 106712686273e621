using Actors.Tallying;
using Actors.Tallying.Feed;

namespace Actors.Unit.Tests.Tallying.Feed;

/// <summary>
/// Two silos that hear of events in different orders, pushes that get lost, pages that change silos, and a log that does
/// not answer: whatever happens, a page has everything up to its cursor.
/// </summary>
public sealed class PushSimulationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pages_WhateverHappens_HaveAllUpToTheirCursors(bool inOrder)
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var world = new World(seed, inOrder, watchesForLosses: true);
            Assert.Null(world.Run());
        }
    }

    /// <summary>The simulation is hard enough to notice a connection that does not look for lost pushes.</summary>
    [Fact]
    public void Pages_WithoutLookingForLosses_MissSomething() =>
        Assert.Contains(Enumerable.Range(0, 1_000), seed => new World(seed, inOrder: false, watchesForLosses: false).Run() is not null);

    private sealed class World
    {
        private const int Events = 60;

        private readonly Random _random;
        private readonly List<PlacedScans> _log = [];
        private readonly Silo[] _silos;
        private readonly Page[] _pages;

        public World(int seed, bool inOrder, bool watchesForLosses)
        {
            _random = new Random(seed);
            _silos = [new Silo(), new Silo()];
            _pages = [.. Enumerable.Range(0, 3).Select(_ => new Page(inOrder, watchesForLosses))];
            foreach (var page in _pages)
            {
                page.Connect(_silos[_random.Next(2)]);
            }
        }

        /// <summary>What went wrong, or null.</summary>
        public string? Run()
        {
            while (_log.Count < Events)
            {
                Step();
                if (Fault() is { } fault)
                {
                    return fault;
                }
            }

            foreach (var silo in _silos)
            {
                silo.HearAll();
                silo.Teller.Tell();
            }

            foreach (var page in _pages)
            {
                page.Take(isLost: false);
                page.Ask(_log);
            }

            return Fault() ?? (_pages.All(page => page.Known.Count == Events) ? null : "Not all pages know everything in the end.");
        }

        private void Step()
        {
            var (silo, page) = (_silos[_random.Next(2)], _pages[_random.Next(_pages.Length)]);
            switch (_random.Next(16))
            {
                case <= 3:
                    var placed = new PlacedScans(_log.Count, [EventRingTests.Event(_log.Count + 1)]);
                    _log.Add(placed);
                    silo.Hear(placed);
                    _silos.Single(other => other != silo).Coming.Add(placed);
                    break;
                case <= 6 when silo.Coming.Count > 0:
                    silo.HearOne(_random.Next(silo.Coming.Count));
                    break;
                case <= 11:
                    silo.Teller.Tell();
                    foreach (var listening in _pages.Where(listening => listening.Silo == silo))
                    {
                        listening.Take(isLost: _random.Next(8) == 0);
                    }

                    break;
                case 12:
                    page.Connect(_silos[_random.Next(2)]);
                    page.Ask(_random.Next(2) == 0 ? _log : null);
                    break;
                case 13:
                    page.Move(_silos[_random.Next(2)]);
                    break;
                default:
                    if (page.Asks)
                    {
                        page.Ask(_random.Next(2) == 0 ? _log : null);
                    }

                    break;
            }
        }

        private string? Fault()
        {
            foreach (var page in _pages)
            {
                for (var position = 1; position <= page.Cursor; position++)
                {
                    if (!page.Known.Contains(position))
                    {
                        return $"A page at {page.Cursor} does not know {position}.";
                    }
                }
            }

            return null;
        }
    }

    private sealed class Silo
    {
        public Silo()
        {
            Order.Place(0);
            Teller = new FeedTeller(Order, Guid.NewGuid());
        }

        public FeedOrder Order { get; } = new(16);

        public FeedTeller Teller { get; }

        public List<PlacedScans> Coming { get; } = [];

        private List<long> Heard { get; } = [];

        public void Hear(PlacedScans placed)
        {
            Order.Take(placed);
            Heard.AddRange(placed.Events.Select(tallied => tallied.Position));
        }

        public void HearOne(int index)
        {
            Hear(Coming[index]);
            Coming.RemoveAt(index);
        }

        public void HearAll()
        {
            while (Coming.Count > 0)
            {
                HearOne(0);
            }
        }

        /// <summary>What it can say without the log: as far as nothing is missing.</summary>
        public IEnumerable<long> After(long position)
        {
            while (Heard.Contains(++position))
            {
                yield return position;
            }
        }
    }

    private sealed class Page(bool inOrder, bool watchesForLosses)
    {
        private PushOrder _order = new(inOrder);
        private FeedPlace _place;

        public Silo Silo { get; private set; } = null!;

        public HashSet<long> Known { get; } = [];

        public long Cursor { get; private set; }

        public bool Asks { get; private set; }

        public void Connect(Silo silo)
        {
            _order = new PushOrder(inOrder);
            Move(silo);
        }

        /// <summary>Its reader moved, and the connection with it.</summary>
        public void Move(Silo silo) => (Silo, _place) = (silo, silo.Teller.Now);

        public void Take(bool isLost)
        {
            if (Silo.Teller.Next(_place, 6) is not { IsNews: true } step)
            {
                return;
            }

            _place = step.Next;
            if (!isLost && (watchesForLosses ? _order.Take(step.Page) : step.Page) is { } page)
            {
                Receive(page);
            }
        }

        /// <summary>Asks by its cursor: the log, or without it the silo's memory.</summary>
        public void Ask(List<PlacedScans>? log)
        {
            Asks = false;
            var events = log?.Select(placed => placed.Events[0].Position).Where(position => position > Cursor) ?? Silo.After(Cursor);
            foreach (var position in events.ToList())
            {
                Known.Add(position);
                Cursor = position;
            }
        }

        private void Receive(EventPage page)
        {
            var fits = page.After == Cursor;
            Asks |= !fits || page.More;
            if (!fits && inOrder)
            {
                // a client that throws away what does not follow
                return;
            }

            Known.UnionWith(page.Events.Select(tallied => tallied.Position));
            Cursor = fits ? page.Cursor : Cursor;
        }
    }
}
