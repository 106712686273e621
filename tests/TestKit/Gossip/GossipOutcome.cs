namespace Actors.TestKit.Gossip;

/// <summary>How a simulated campaign went.</summary>
public sealed record GossipOutcome
{
    /// <summary>The seed that makes it happen again.</summary>
    public required int Seed { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public required string? Failure { get; init; }

    /// <summary>Messages that carried news.</summary>
    public required int NewsMessages { get; init; }

    /// <summary>Messages by which version vectors were compared.</summary>
    public required int ExchangeMessages { get; init; }

    /// <summary>Copies of records in messages and answers.</summary>
    public required int Copies { get; init; }

    /// <summary>Bytes of the largest summary, version vector or list of wanted sequences.</summary>
    public required int LargestDigest { get; init; }

    /// <summary>Records of the largest message.</summary>
    public required int LargestMessage { get; init; }

    /// <summary>Messages on the longest way that an event took to the last process that learned it.</summary>
    public required int Rounds { get; init; }

    /// <summary>From the moment an event was seen to the last process that learned it, the longest.</summary>
    public required TimeSpan KnownByAll { get; init; }
}
