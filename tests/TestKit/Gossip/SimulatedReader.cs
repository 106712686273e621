using System.Collections.Immutable;
using Actors.Tallying;
using Actors.Tallying.Gossip;

namespace Actors.TestKit.Gossip;

/// <summary>A process of a simulation.</summary>
internal sealed class SimulatedHome(Guid id, GossipHome gossip)
{
    public Guid Id => id;

    public GossipHome Gossip => gossip;

    public List<SimulatedReader> Readers { get; } = [];

    public bool IsUp { get; set; } = true;

    /// <summary>The side on which it is while there are two.</summary>
    public int Side { get; set; }
}

/// <summary>A reader of a simulation: its log survives, the rest does not.</summary>
internal sealed class SimulatedReader(Guid id)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public Guid Id => id;

    public ImmutableArray<GossipRecord> Log { get; private set; } = [];

    public SimulatedHome? Home { get; set; }

    public GossipNode? Node { get; set; }

    /// <summary>When it will next be asked what to send.</summary>
    public TimeSpan? Wake { get; set; }

    public bool IsUp => Home is { IsUp: true };

    public static DateTimeOffset At(TimeSpan now) => Start + now;

    public GossipRecord See(TimeSpan now, Guid eventId, long position)
    {
        var time = At(now);
        var tallied = new TallyEvent(
            position, eventId, eventId, id, "Door", TallyEventType.Seen, ScanOutcome.First, time, time, time, TimeSpan.Zero, null, null);
        var record = new GossipRecord(id, Log.Length + 1, position - 1, [tallied]);
        Log = Log.Add(record);
        return record;
    }
}
