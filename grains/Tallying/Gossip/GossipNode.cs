using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>A message to send.</summary>
internal readonly record struct Outgoing(Guid Peer, GossipMessage Message);

/// <summary>
/// The gossip of one reader. It has no clock, no chance and no wire of its own: whoever runs it, a grain or a simulation,
/// hands in the time, carries the messages, and asks what is to be sent. One thread at a time.
/// </summary>
internal sealed class GossipNode(Guid self, GossipHome home, Random random)
{
    private const int DrawsPerTarget = 4;
    private const int MaxCaughtUpNews = 64;

    private readonly Dictionary<Guid, PeerLine> _lines = [];
    private readonly Queue<GossipRecord> _fresh = new();
    private readonly Queue<(GossipRecord Record, int Attempt)> _again = new();
    private readonly GossipSettings _settings = home.Settings;
    private TimeSpan _nextFlush;
    private int _outstanding;
    private bool _tends;

    /// <summary>The reader.</summary>
    public Guid Self => self;

    /// <summary>What it shares with the other readers of its process.</summary>
    public GossipHome Home => home;

    /// <summary>Messages without an answer.</summary>
    public int Outstanding => _outstanding;

    /// <summary>Whether it looks after what is done once per process.</summary>
    public bool IsTending => _tends || home.IsCaretaker(self);

    /// <summary>Begins to.</summary>
    public void Tend() => _tends = true;

    /// <summary>Takes what this reader itself has seen; the answer is what was new.</summary>
    public ImmutableArray<GossipRecord> Publish(ImmutableArray<GossipRecord> records, TimeSpan now)
    {
        var learned = home.Merge(records, home.Id, now);
        Tell(learned);
        return learned;
    }

    /// <summary>Takes a message.</summary>
    public GossipAnswer Receive(GossipMessage message, TimeSpan now, out ImmutableArray<GossipRecord> learned)
    {
        home.Meet(message.From, message.Home);
        learned = home.Merge(message.Records, message.Home, now);
        PassOn(learned, isCatchUp: !message.Summary.IsEmpty);

        var known = message.Summary.IsEmpty ? null : home.Describe(message.Summary.AsSpan(), random.Next(VersionVector.BucketCount));
        var wanted = GossipBytes.ReadWanted(message.Wanted.AsSpan());
        var records = wanted.Count == 0 ? [] : home.Use(store => store.Read(wanted, _settings.PageSize));
        _ = home.Claim(records, message.Home);
        return new GossipAnswer(home.Id, known is null ? [] : GossipBytes.Write(known), records);
    }

    /// <summary>Takes the answer to a message.</summary>
    public void Answered(Guid peer, GossipMessage sent, GossipAnswer answer, TimeSpan now, out ImmutableArray<GossipRecord> learned)
    {
        _outstanding--;
        home.Meet(peer, answer.Home);
        home.Confirm(sent.Records, answer.Home);
        learned = home.Merge(answer.Records, answer.Home, now);
        PassOn(learned, isCatchUp: true);

        var line = LineTo(peer, answer.Home);
        line.Home = answer.Home;
        line.Answered();
        if (!sent.Summary.IsEmpty && line.IsComparing)
        {
            Compare(line, answer, !learned.IsEmpty);
        }
    }

    /// <summary>A message got no answer.</summary>
    public void Failed(Guid peer, GossipMessage sent, TimeSpan now)
    {
        _outstanding--;
        if (!_lines.TryGetValue(peer, out var line))
        {
            return;
        }

        if (line.IsComparing)
        {
            home.EndExchange(isQuiet: false);
        }

        var lost = line.Failed(now, _settings);
        home.Unclaim(lost, line.Home);
        home.Unclaim(sent.Records, line.Home);
        // what a comparison found missing is found again
        foreach (var record in sent.Summary.IsEmpty ? sent.Records.Concat(lost) : lost)
        {
            if (_again.Count < _settings.MaxPending)
            {
                _again.Enqueue((record, 1));
            }
        }
    }

    /// <summary>What is to be sent now. Each message ends in <see cref="Answered"/> or <see cref="Failed"/>.</summary>
    public List<Outgoing> Poll(TimeSpan now)
    {
        if (now >= _nextFlush && (_fresh.Count > 0 || _again.Count > 0))
        {
            Flush(now);
            _nextFlush = now + _settings.Interval;
        }

        // whoever last had news looks after the comparing, until it has become rare: then the caretaker's ticks do
        _tends &= home.ExchangeDue - now <= _settings.ExchangePeriod * 2;
        if (home.TryBeginExchange(now, random))
        {
            BeginExchange(now);
        }

        var outgoing = new List<Outgoing>();
        foreach (var (peer, line) in _lines)
        {
            if (line.IsOutstanding || now < line.NotBefore)
            {
                continue;
            }

            if (!line.HasSomething)
            {
                if (!line.IsFailing)
                {
                    _lines.Remove(peer);
                }
            }
            else if (_outstanding < _settings.MaxOutstanding && line.Take(self, home, now) is { } message)
            {
                _outstanding++;
                outgoing.Add(new Outgoing(peer, message));
            }
        }

        return outgoing;
    }

    /// <summary>When to ask again; null when not before something comes.</summary>
    public TimeSpan? Due
    {
        get
        {
            TimeSpan? due = _fresh.Count > 0 || _again.Count > 0 ? _nextFlush : null;
            if (_settings.Exchanges && IsTending)
            {
                due = Sooner(due, home.ExchangeDue);
            }

            if (_outstanding < _settings.MaxOutstanding)
            {
                foreach (var line in _lines.Values)
                {
                    if (line.HasSomething && !line.IsOutstanding)
                    {
                        due = Sooner(due, line.NotBefore);
                    }
                }
            }

            return due;
        }
    }

    private static TimeSpan Sooner(TimeSpan? one, TimeSpan other) => one is { } time && time < other ? time : other;

    /// <summary>What a comparison brings is news when it is little; a process that was away learns what others know.</summary>
    private void PassOn(ImmutableArray<GossipRecord> learned, bool isCatchUp)
    {
        _tends |= !learned.IsEmpty;
        if (_settings.PassesOn && !(isCatchUp && learned.Length > MaxCaughtUpNews))
        {
            Tell(learned);
        }
    }

    private void Tell(ImmutableArray<GossipRecord> records)
    {
        _tends |= !records.IsEmpty;
        foreach (var record in records)
        {
            if (_fresh.Count < _settings.MaxPending)
            {
                _fresh.Enqueue(record);
            }
        }
    }

    /// <summary>News of one interval go to the same few peers, so that each gets one message.</summary>
    private void Flush(TimeSpan now)
    {
        var news = new List<GossipRecord>();
        while (news.Count < _settings.PageSize && _fresh.TryDequeue(out var record))
        {
            news.Add(record);
        }

        if (news.Count > 0)
        {
            var targets = 0;
            for (var draw = 0; draw < _settings.FanOut * DrawsPerTarget && targets < _settings.FanOut; draw++)
            {
                targets += Draw(now) is { } peer && Offer(peer, news) ? 1 : 0;
            }

            foreach (var next in home.Roster.After(self, home.Id).Where(peer => !IsSkipped(peer.Reader, now)).Take(1))
            {
                Offer(next, news);
            }
        }

        for (var i = _again.Count; i > 0; i--)
        {
            var (record, attempt) = _again.Dequeue();
            if (attempt < _settings.MaxAttempts && !(Draw(now) is { } peer && Offer(peer, [record])))
            {
                _again.Enqueue((record, attempt + 1));
            }
        }
    }

    private GossipPeer? Draw(TimeSpan now) =>
        home.Roster.Draw(random, home.Id) is { } peer && !IsSkipped(peer.Reader, now) ? peer : null;

    private bool IsSkipped(Guid peer, TimeSpan now) =>
        _lines.TryGetValue(peer, out var line) && line.IsFailing && now < line.NotBefore;

    private bool Offer(GossipPeer peer, List<GossipRecord> news)
    {
        var claimed = home.Claim(news, peer.Home);
        if (claimed.Count == 0)
        {
            return false;
        }

        var line = LineTo(peer.Reader, peer.Home);
        home.Unclaim(claimed.Where(record => !line.TryQueue(record, _settings.MaxPending)), peer.Home);
        return true;
    }

    private void BeginExchange(TimeSpan now)
    {
        var peer = Draw(now) ?? Draw(now) ?? home.Roster.Draw(random, home.Id);
        if (peer is not { } other)
        {
            home.EndExchange(isQuiet: true);
            return;
        }

        var line = LineTo(other.Reader, other.Home);
        if (!line.IsComparing)
        {
            line.BeginComparing();
        }
    }

    private void Compare(PeerLine line, GossipAnswer answer, bool learned)
    {
        var page = GossipBytes.ReadPage(answer.Known.AsSpan());
        var difference = page is null ? null : home.Use(store => store.Compare(page, _settings.PageSize));
        if (difference is null || (difference.IsNone && !page!.More))
        {
            home.EndExchange(isQuiet: !line.Differed);
            line.EndComparing();
        }
        else if (!line.TryGoOn(difference, learned))
        {
            // the rest is for another time, or for another peer
            home.EndExchange(isQuiet: !page!.More);
            line.EndComparing();
        }
    }

    private PeerLine LineTo(Guid peer, Guid peerHome)
    {
        if (!_lines.TryGetValue(peer, out var line))
        {
            _lines.Add(peer, line = new PeerLine(peer, peerHome));
        }

        return line;
    }
}
