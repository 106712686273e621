using Microsoft.Extensions.Logging;

namespace Actors.Tallying.Feed;

/// <summary>
/// The live end of one campaign's log on this silo. Events arrive from reader grains in any order and leave in the
/// log's; reader grains with connected pages are woken, at once when it is quiet and in intervals when it is not.
/// </summary>
internal sealed partial class CampaignFeed(string campaign, FeedServices services)
{
    private const int GapPageSize = 1_000;
    private const int MaxWaiting = 4_096;

    private static readonly TimeSpan ListenerLifetime = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly EventRing _ring = new(services.Options.FeedCapacity);
    private readonly SortedDictionary<long, PlacedScans> _waiting = [];
    private readonly Dictionary<Guid, DateTimeOffset> _listeners = [];
    private readonly ILogger _log = services.Log;
    private long _told;
    private EventPage? _page;
    private bool _eventsCame;
    private bool _configurationChanged;
    private bool _pumping;
    private (long End, DateTimeOffset Since) _gap;

    /// <summary>Whether a connected page depends on it.</summary>
    public bool HasListeners
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count > 0;
            }
        }
    }

    /// <summary>The readers with connected pages on this silo.</summary>
    public IReadOnlyList<Guid> Listeners
    {
        get
        {
            lock (_lock)
            {
                return Live();
            }
        }
    }

    /// <summary>Wakes this reader from now on, for two minutes; where the log stood then, or 0 when that is not known yet.</summary>
    public long Listen(Guid reader)
    {
        lock (_lock)
        {
            _listeners[reader] = services.Time.GetUtcNow() + ListenerLifetime;
            return _ring.Head;
        }
    }

    /// <summary>Wakes this reader no more.</summary>
    public void Leave(Guid reader)
    {
        lock (_lock)
        {
            _listeners.Remove(reader);
        }
    }

    /// <summary>Takes events that were placed in the campaign's order.</summary>
    public void Publish(PlacedScans placed)
    {
        lock (_lock)
        {
            if (!_ring.IsPlaced)
            {
                _ring.Reset(placed.After);
            }

            if (_waiting.Count < MaxWaiting)
            {
                // beyond that the pages ask by their cursors; the gap is closed from the log
                _waiting[placed.After] = placed;
            }

            _eventsCame |= Drain();
            StartPump();
        }
    }

    /// <summary>Tells readers that keys or revocations changed.</summary>
    public void ConfigurationChanged()
    {
        lock (_lock)
        {
            _configurationChanged = true;
            StartPump();
        }
    }

    /// <summary>Events after a position, or null when only the log knows.</summary>
    public EventPage? Read(long after, int limit)
    {
        lock (_lock)
        {
            return _waiting.Count > 0 ? null : _ring.Read(after, limit);
        }
    }

    /// <summary>
    /// What to push to a reader that has everything up to a position (0: it has just begun to listen). Pages end where
    /// the log stood at the last wake, so that the readers stay in step and one page, made once, serves them all.
    /// </summary>
    public EventPage? Next(long after, int limit)
    {
        lock (_lock)
        {
            if (!_ring.IsPlaced)
            {
                return null;
            }

            var from = after == 0 ? _ring.Start : after;
            if (_page is null || _page.After != from || _page.Events.Length > limit)
            {
                _page = _ring.Read(from, limit, _told) ?? new EventPage(from, from, More: true, []);
            }

            return _page;
        }
    }

    /// <summary>The position up to which the readers were woken.</summary>
    public long Told
    {
        get
        {
            lock (_lock)
            {
                return _told;
            }
        }
    }

    /// <summary>The position of the last event in order.</summary>
    public long Head
    {
        get
        {
            lock (_lock)
            {
                return _ring.Head;
            }
        }
    }

    private bool Drain()
    {
        var before = _ring.Head;
        while (_waiting.Count > 0)
        {
            var (after, placed) = _waiting.First();
            if (after > _ring.Head)
            {
                break;
            }

            _waiting.Remove(after);
            foreach (var tallied in placed.Events)
            {
                if (tallied.Position > _ring.Head)
                {
                    _ring.Add(tallied);
                }
            }
        }

        return _ring.Head > before;
    }

    private void StartPump()
    {
        if (!_pumping && (_listeners.Count > 0 || _waiting.Count > 0))
        {
            _pumping = true;
            _ = PumpAsync();
        }
        else if (_listeners.Count == 0)
        {
            _eventsCame = _configurationChanged = false;
        }
    }

    private async Task PumpAsync()
    {
        // callers hold the lock and a turn: neither is kept
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (TryBegin(out var listeners, out var configurationChanged, out var gap))
        {
            services.Wake(listeners, configurationChanged);
            await Task.Delay(services.Options.PushInterval, services.Time).ConfigureAwait(false);
            if (gap is { } end && IsStillOpen(end))
            {
                await CloseGapAsync(end).ConfigureAwait(false);
            }
        }
    }

    private bool TryBegin(out List<Guid> listeners, out bool configurationChanged, out long? gap)
    {
        lock (_lock)
        {
            gap = OldGap();
            (var eventsCame, configurationChanged) = (_eventsCame, _configurationChanged);
            _eventsCame = _configurationChanged = false;
            (_told, _page) = (_ring.Head, null);
            listeners = eventsCame || configurationChanged ? Live() : [];
            return _pumping = eventsCame || configurationChanged || _waiting.Count > 0;
        }
    }

    /// <summary>Where a gap ends that nobody has closed in time.</summary>
    private long? OldGap()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var (end, now) = (_waiting.First().Key, services.Time.GetUtcNow());
        if (_gap.End != end)
        {
            _gap = (end, now);
        }

        return now - _gap.Since >= services.Options.GapPatience ? end : null;
    }

    private List<Guid> Live()
    {
        var now = services.Time.GetUtcNow();
        foreach (var (reader, until) in _listeners)
        {
            if (until < now)
            {
                _listeners.Remove(reader);
            }
        }

        return [.. _listeners.Keys];
    }

    private bool IsStillOpen(long gapEnd)
    {
        lock (_lock)
        {
            return _ring.Head < gapEnd;
        }
    }

    /// <summary>Reads what another silo, or a publisher that died, placed before <paramref name="end"/>.</summary>
    private async Task CloseGapAsync(long end)
    {
        services.Instruments.GapRead();
        try
        {
            var read = 0;
            while (IsStillOpen(end) && read < services.Options.FeedCapacity)
            {
                var page = await services.TallyLog.ReadAsync(campaign, Head, GapPageSize, CancellationToken.None).ConfigureAwait(false);
                if (page.Events.IsEmpty)
                {
                    break;
                }

                read += page.Events.Length;
                Accept(page);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogGapUnread(e, campaign);
        }

        SkipGap(end);
    }

    private void Accept(EventPage page)
    {
        lock (_lock)
        {
            _waiting[page.After] = new PlacedScans(page.After, page.Events);
            _eventsCame |= Drain();
        }
    }

    /// <summary>What could not be read is left to the pages, which ask by their cursors.</summary>
    private void SkipGap(long end)
    {
        lock (_lock)
        {
            if (_ring.Head < end)
            {
                _ring.Reset(end);
                _eventsCame |= Drain();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A gap in the feed of campaign {Campaign} could not be read; its readers will ask.")]
    private partial void LogGapUnread(Exception error, string campaign);
}
