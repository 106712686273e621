namespace Actors.Tallying.Gossip;

/// <summary>
/// What is done once per process and campaign, by whichever of its readers finds it due: telling the directory who lives
/// here, and reading from the log what nobody may be left to tell.
/// </summary>
internal sealed class CampaignHome(string campaign, GossipHome gossip, GossipOptions options)
{
    private static readonly TimeSpan SoonestReport = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SettledAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SuspicionLasts = TimeSpan.FromSeconds(10);

    private const int MaxContacts = 10_000;

    private readonly Lock _lock = new();
    private readonly Contacts _contacts = new(MaxContacts);
    private readonly Contacts _untold = new(MaxContacts);
    private TimeSpan _reportDue;
    private TimeSpan _notSuspectingBefore;
    private TimeSpan? _logDue = TimeSpan.Zero;
    private DateTimeOffset _unreadSince = DateTimeOffset.MinValue;
    private bool _isReporting;
    private bool _isReading;
    private long _version;

    public string Campaign => campaign;

    public GossipHome Gossip => gossip;

    /// <summary>When something is to be done, whoever does it.</summary>
    public TimeSpan Due
    {
        get
        {
            lock (_lock)
            {
                var report = _isReporting ? TimeSpan.MaxValue : _reportDue;
                var log = _isReading ? TimeSpan.MaxValue : _logDue ?? TimeSpan.MaxValue;
                return report < log ? report : log;
            }
        }
    }

    /// <summary>A reader came or left: the others should know soon.</summary>
    public void ReadersChanged(TimeSpan now)
    {
        lock (_lock)
        {
            if (_reportDue > now + SoonestReport)
            {
                _reportDue = now + SoonestReport;
            }
        }
    }

    /// <summary>A reader's page was heard of: the directory is told with the next report.</summary>
    public void Contacted(ReaderContact contact)
    {
        lock (_lock)
        {
            if (_contacts.TryAdd(contact))
            {
                _untold.TryAdd(contact);
            }
        }
    }

    /// <summary>What to report, when it is time to.</summary>
    public ReaderReport? TryBeginReport(TimeSpan now)
    {
        lock (_lock)
        {
            if (_isReporting || now < _reportDue)
            {
                return null;
            }

            _isReporting = true;
            _reportDue = now + options.ReportPeriod;
            return new ReaderReport(gossip.Id, gossip.Readers, _version, _untold.Empty());
        }
    }

    /// <summary>Takes what the directory answered, or null when it did not.</summary>
    public void EndReport(ReaderDirectory? directory, TimeSpan now, DateTimeOffset time)
    {
        lock (_lock)
        {
            _isReporting = false;
            if (directory is null)
            {
                _reportDue = now + RetryAfter;
                TellAllContacts();
                return;
            }

            if (!directory.IsComplete)
            {
                // others may not have reported yet to a directory that is new
                _reportDue = now + TimeSpan.FromTicks(Math.Min(options.ReportPeriod.Ticks, RetryAfter.Ticks));
                TellAllContacts();
            }

            if (directory.IsUnchanged)
            {
                return;
            }

            var peers = directory.Homes.SelectMany(home => home.Readers.Select(reader => new GossipPeer(reader, home.Home)));
            var before = gossip.Roster;
            gossip.Roster = new GossipRoster(directory.IsComplete ? peers : peers.Concat(before.Peers));
            _version = directory.IsComplete ? directory.Version : 0;
            var homes = directory.Homes.Select(home => home.Home).ToHashSet();
            if (directory.IsComplete && before.Peers.Any(peer => peer.Home != gossip.Id && !homes.Contains(peer.Home)))
            {
                ReadLog(now, time);
            }
        }

        gossip.Wake(now);
    }

    /// <summary>Somebody did not answer: perhaps he is dead, and had told nobody what he last saw.</summary>
    public void Suspect(TimeSpan now, DateTimeOffset time)
    {
        lock (_lock)
        {
            if (now >= _notSuspectingBefore)
            {
                _notSuspectingBefore = now + SuspicionLasts;
                ReadLog(now, time);
            }
        }
    }

    /// <summary>From when on the log may hold what is not known here, when it is time to look.</summary>
    public DateTimeOffset? TryBeginLog(TimeSpan now, DateTimeOffset time)
    {
        lock (_lock)
        {
            if (_isReading || _logDue is not { } due || now < due)
            {
                return null;
            }

            (_isReading, _logDue) = (true, null);
            return _unreadSince > time - options.Retention ? _unreadSince : time - options.Retention;
        }
    }

    /// <summary>It was read up to a moment, or not at all.</summary>
    public void EndLog(DateTimeOffset? upTo, TimeSpan now)
    {
        lock (_lock)
        {
            _isReading = false;
            if (upTo is { } read)
            {
                _unreadSince = read;
            }
            else
            {
                _logDue ??= now + RetryAfter;
            }
        }
    }

    private void TellAllContacts()
    {
        foreach (var contact in _contacts.All)
        {
            _untold.TryAdd(contact);
        }
    }

    private void ReadLog(TimeSpan now, DateTimeOffset time)
    {
        _logDue ??= now + SettledAfter;
        var since = time - options.ReportPeriod * 6;
        if (_unreadSince > since)
        {
            _unreadSince = since;
        }
    }
}
