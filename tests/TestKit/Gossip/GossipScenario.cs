namespace Actors.TestKit.Gossip;

/// <summary>What happens to a simulated campaign.</summary>
public sealed record GossipScenario
{
    /// <summary>Readers at the beginning.</summary>
    public int Readers { get; init; } = 10;

    /// <summary>Readers that share a process.</summary>
    public int ReadersPerHome { get; init; } = 1;

    /// <summary>Events seen in all.</summary>
    public int Events { get; init; } = 20;

    /// <summary>The time in which they are seen.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The part of messages, and of answers, that is lost.</summary>
    public double Loss { get; init; }

    /// <summary>The part of messages that arrives twice.</summary>
    public double Duplication { get; init; }

    /// <summary>The shortest way.</summary>
    public TimeSpan MinLatency { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest; messages overtake each other between the two.</summary>
    public TimeSpan MaxLatency { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Times that the readers fall into two parts which do not hear each other.</summary>
    public int Partitions { get; init; }

    /// <summary>Times that a process dies with all that it remembers and comes back with its readers' own logs.</summary>
    public int Crashes { get; init; }

    /// <summary>Readers that come while it lasts.</summary>
    public int Joins { get; init; }

    /// <summary>Readers that leave while it lasts: removed, or at the end of their validity.</summary>
    public int Leaves { get; init; }

    /// <summary>How long records are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long after everything is well again all have to know everything.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A planted fault: what is new to a reader is not passed on.</summary>
    public bool KeepsNews { get; init; }

    /// <summary>A planted fault: version vectors are never compared.</summary>
    public bool NeverCompares { get; init; }
}
