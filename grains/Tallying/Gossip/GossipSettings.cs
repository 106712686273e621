namespace Actors.Tallying.Gossip;

/// <summary>How gossip behaves.</summary>
internal sealed record GossipSettings
{
    /// <summary>Random peers that are told news; the next reader in key order is told besides.</summary>
    public int FanOut { get; init; } = 3;

    /// <summary>The shortest time between two messages to one peer.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often version vectors are compared with a random peer while something may be missing.</summary>
    public TimeSpan ExchangePeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often when nothing has been missing for long.</summary>
    public TimeSpan IdleExchangePeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For how long a peer that did not answer is skipped; doubled each time.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For how long at most.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Records in one message at most.</summary>
    public int PageSize { get; init; } = 512;

    /// <summary>News that wait for one peer at most; beyond that the comparison of version vectors brings them.</summary>
    public int MaxPending { get; init; } = 2_048;

    /// <summary>Messages of one reader without an answer at most.</summary>
    public int MaxOutstanding { get; init; } = 32;

    /// <summary>Peers that news are offered to when one does not answer.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Whether what was new to a reader is passed on; off only to see that tests notice.</summary>
    public bool PassesOn { get; init; } = true;

    /// <summary>Whether version vectors are compared at all; off only to see that tests notice.</summary>
    public bool Exchanges { get; init; } = true;
}
