using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>What one reader has for another one, and how it answers. Made when needed and forgotten when idle.</summary>
internal sealed class PeerLine(Guid reader, Guid home)
{
    /// <summary>News that wait.</summary>
    private readonly Queue<GossipRecord> _pending = new();

    private ImmutableArray<GossipRecord> _lacking = [];
    private IReadOnlyList<KnownSequences> _wanted = [];
    private bool _asks;
    private int _failures;

    public Guid Reader => reader;

    public Guid Home { get; set; } = home;

    /// <summary>Whether a message has no answer yet.</summary>
    public bool IsOutstanding { get; private set; }

    /// <summary>Not before this moment.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>Whether it did not answer the last time.</summary>
    public bool IsFailing => _failures > 0;

    /// <summary>Whether it is the one with which version vectors are being compared.</summary>
    public bool IsComparing { get; private set; }

    /// <summary>Whether the comparison found any difference so far.</summary>
    public bool Differed { get; private set; }

    public bool HasSomething => _asks || _pending.Count > 0;

    /// <summary>Puts news in the queue; false when it is full.</summary>
    public bool TryQueue(GossipRecord record, int max)
    {
        if (_pending.Count >= max)
        {
            return false;
        }

        _pending.Enqueue(record);
        return true;
    }

    /// <summary>Version vectors will be compared.</summary>
    public void BeginComparing()
    {
        (IsComparing, Differed, _asks) = (true, false, true);
        (_lacking, _wanted) = ([], []);
    }

    /// <summary>Goes on comparing; false when it gets no further.</summary>
    public bool TryGoOn(Difference difference, bool learned)
    {
        var isStuck = Differed && !learned && difference.Lacking.FirstOrDefault() == _lacking.FirstOrDefault();
        Differed |= !difference.IsNone;
        if (isStuck)
        {
            return false;
        }

        (_lacking, _wanted, _asks) = (difference.Lacking, difference.Wanted, true);
        return true;
    }

    public void EndComparing()
    {
        (IsComparing, _asks) = (false, false);
        (_lacking, _wanted) = ([], []);
    }

    /// <summary>The next message; null when what waited is known there meanwhile.</summary>
    public GossipMessage? Take(Guid from, GossipHome own, TimeSpan now)
    {
        var records = ImmutableArray.CreateBuilder<GossipRecord>();
        if (_asks)
        {
            records.AddRange(_lacking);
        }

        while (records.Count < own.Settings.PageSize && _pending.TryDequeue(out var record))
        {
            if (!own.IsSure(record, Home))
            {
                records.Add(record);
            }
        }

        if (records.Count == 0 && !_asks)
        {
            return null;
        }

        var message = new GossipMessage(
            from, own.Id, records.ToImmutable(), _asks ? own.Summarize() : [], _asks ? GossipBytes.Write(_wanted) : []);
        _asks = false;
        IsOutstanding = true;
        NotBefore = now + own.Settings.Interval;
        return message;
    }

    public void Answered()
    {
        IsOutstanding = false;
        _failures = 0;
    }

    /// <summary>Waits longer each time; the news that waited are given back.</summary>
    public List<GossipRecord> Failed(TimeSpan now, GossipSettings settings)
    {
        IsOutstanding = false;
        var wait = TimeSpan.FromTicks(Math.Min(settings.MaxRetryAfter.Ticks, settings.RetryAfter.Ticks << Math.Min(_failures++, 16)));
        NotBefore = now + wait;
        var pending = _pending.ToList();
        _pending.Clear();
        EndComparing();
        return pending;
    }
}
