using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>
/// What the readers of one campaign that live in one process share: the events they know, who takes part, and who is
/// known to have what. A thousand readers that each remembered what every other one knows would cost the square of it;
/// what one reader of a process learns, all of them know.
/// </summary>
internal sealed class GossipHome(Guid id, GossipSettings settings, EventStoreLimits limits)
{
    private static readonly TimeSpan NewsLast = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly EventStore _store = new(limits);
    private readonly Holders _holders = new(NewsLast);
    private readonly ExchangePace _pace = new(settings);
    private readonly SortedSet<Guid> _readers = [];
    private GossipRoster _roster = GossipRoster.Empty;

    /// <summary>This life of this process.</summary>
    public Guid Id => id;

    public GossipSettings Settings => settings;

    /// <summary>Who takes part.</summary>
    public GossipRoster Roster
    {
        get => Volatile.Read(ref _roster);
        set => Volatile.Write(ref _roster, value);
    }

    /// <summary>When version vectors are to be compared next.</summary>
    public TimeSpan ExchangeDue
    {
        get
        {
            lock (_lock)
            {
                return _pace.Due;
            }
        }
    }

    /// <summary>The readers that live here.</summary>
    public ImmutableArray<Guid> Readers
    {
        get
        {
            lock (_lock)
            {
                return [.. _readers];
            }
        }
    }

    /// <summary>A reader lives here from now on.</summary>
    public void Enter(Guid reader, TimeSpan now)
    {
        lock (_lock)
        {
            _readers.Add(reader);
            _pace.Wake(now);
        }
    }

    /// <summary>It does not any more.</summary>
    public void Leave(Guid reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
        }
    }

    /// <summary>One reader of the process compares for all of them.</summary>
    public bool IsCaretaker(Guid reader)
    {
        lock (_lock)
        {
            return _readers.Min == reader;
        }
    }

    /// <summary>Notices where a reader lives that has made itself heard.</summary>
    public void Meet(Guid reader, Guid home)
    {
        if (Roster.Find(reader)?.Home != home)
        {
            lock (_lock)
            {
                Roster = Roster.With(new GossipPeer(reader, home));
            }
        }
    }

    /// <summary>Something changed, so that something may be missing.</summary>
    public void Wake(TimeSpan now)
    {
        lock (_lock)
        {
            _pace.Wake(now);
        }
    }

    /// <summary>Takes records; the answer is those that were new here.</summary>
    public ImmutableArray<GossipRecord> Merge(ImmutableArray<GossipRecord> records, Guid from, TimeSpan now)
    {
        if (records.IsEmpty)
        {
            return [];
        }

        var learned = ImmutableArray.CreateBuilder<GossipRecord>();
        lock (_lock)
        {
            _holders.Turn(now);
            foreach (var record in records)
            {
                if (from != id)
                {
                    _holders.Confirm(record, from);
                }

                if (_store.TryAdd(record))
                {
                    learned.Add(record);
                }
            }

            if (learned.Count > 0)
            {
                _pace.Wake(now);
            }
        }

        return learned.ToImmutable();
    }

    /// <summary>Which of the records a process is not known to have; it counts as being sent them from now on.</summary>
    public List<GossipRecord> Claim(IEnumerable<GossipRecord> records, Guid home)
    {
        lock (_lock)
        {
            return [.. records.Where(record => _holders.TryClaim(record, home))];
        }
    }

    /// <summary>A process has said that it has them.</summary>
    public void Confirm(IEnumerable<GossipRecord> records, Guid home)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                _holders.Confirm(record, home);
            }
        }
    }

    /// <summary>Whether a process has said that it has it.</summary>
    public bool IsSure(GossipRecord record, Guid home)
    {
        lock (_lock)
        {
            return _holders.IsSure(record, home);
        }
    }

    /// <summary>A process may not have got them.</summary>
    public void Unclaim(IEnumerable<GossipRecord> records, Guid home)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                _holders.Unclaim(record, home);
            }
        }
    }

    /// <summary>Whether to compare now; the next time is fixed then.</summary>
    public bool TryBeginExchange(TimeSpan now, Random random)
    {
        lock (_lock)
        {
            if (!settings.Exchanges || now < _pace.Due)
            {
                return false;
            }

            _pace.Begin(now, Roster.HomeCount, random);
            return true;
        }
    }

    /// <summary>A comparison ended.</summary>
    /// <param name="isQuiet">Whether nothing was missing on either side.</param>
    public void EndExchange(bool isQuiet)
    {
        lock (_lock)
        {
            _pace.End(isQuiet);
        }
    }

    /// <summary>What is known, as one hash per bucket of readers.</summary>
    public ImmutableArray<byte> Summarize() => Use(static store => store.Known.Summarize());

    /// <summary>What is known where a summary differs; null when it does not.</summary>
    public KnownPage? Describe(ReadOnlySpan<byte> summary, int firstBucket)
    {
        lock (_lock)
        {
            return _store.Known.Describe(summary, firstBucket);
        }
    }

    /// <summary>Drops what has expired.</summary>
    public void Expire(DateTimeOffset now)
    {
        lock (_lock)
        {
            _store.Expire(now);
        }
    }

    /// <summary>Reads or changes the events; for a moment only.</summary>
    public T Use<T>(Func<EventStore, T> use)
    {
        lock (_lock)
        {
            return use(_store);
        }
    }
}
