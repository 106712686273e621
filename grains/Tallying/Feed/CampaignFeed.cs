using Microsoft.Extensions.Logging;

namespace Actors.Tallying.Feed;

/// <summary>
/// The live end of one campaign's log on this silo. Events arrive from reader grains in any order and are told as they
/// arrive, with how far the log's order is complete; reader grains with connected pages are woken, at once when it is
/// quiet and in intervals when it is not.
/// </summary>
internal sealed partial class CampaignFeed
{
    private static readonly TimeSpan ListenerLifetime = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly string _campaign;
    private readonly FeedServices _services;
    private readonly FeedOrder _order;
    private readonly FeedTeller _teller;
    private readonly Dictionary<Guid, DateTimeOffset> _listeners = [];
    private readonly ILogger _log;
    private bool _eventsCame;
    private bool _configurationChanged;
    private bool _pumping;

    public CampaignFeed(string campaign, FeedServices services)
    {
        (_campaign, _services, _log) = (campaign, services, services.Log);
        _order = new FeedOrder(services.Options.FeedCapacity);
        _teller = new FeedTeller(_order, Guid.NewGuid());
    }

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

    /// <summary>The position of the last event in order.</summary>
    public long Head
    {
        get
        {
            lock (_lock)
            {
                return _order.Head;
            }
        }
    }

    /// <summary>Wakes this reader from now on, for two minutes; what its pages are to be told begins there.</summary>
    public FeedPlace Listen(Guid reader)
    {
        lock (_lock)
        {
            _listeners[reader] = _services.Time.GetUtcNow() + ListenerLifetime;
            return _teller.Now;
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

    /// <summary>Says where the log stood before anything arrived, so that nothing after it counts as old.</summary>
    public void Place(long position)
    {
        lock (_lock)
        {
            _order.Place(position);
        }
    }

    /// <summary>Takes events that were placed in the campaign's order.</summary>
    public void Publish(PlacedScans placed)
    {
        lock (_lock)
        {
            _eventsCame |= _order.Take(placed);
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
            return _order.GapEnd is null ? _order.Read(after, limit) : null;
        }
    }

    /// <summary>What to tell a reader that was told so much; null when nothing is known at all.</summary>
    public FeedStep? Next(FeedPlace from, int limit)
    {
        lock (_lock)
        {
            return _teller.Next(from, limit);
        }
    }

    private void StartPump()
    {
        if (!_pumping && (_listeners.Count > 0 || _order.GapEnd is not null))
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
            _services.Wake(listeners, configurationChanged);
            await Task.Delay(_services.Options.PushInterval, _services.Time).ConfigureAwait(false);
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
            if (eventsCame)
            {
                _teller.Tell();
            }

            listeners = eventsCame || configurationChanged ? Live() : [];
            return _pumping = eventsCame || configurationChanged || _order.GapEnd is not null;
        }
    }

    private List<Guid> Live()
    {
        var now = _services.Time.GetUtcNow();
        foreach (var (reader, until) in _listeners)
        {
            if (until < now)
            {
                _listeners.Remove(reader);
            }
        }

        return [.. _listeners.Keys];
    }
}
