using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>How two stores differ.</summary>
/// <param name="Lacking">What the other one lacks.</param>
/// <param name="Wanted">What the other one has that is not known here.</param>
/// <param name="More">Whether that is not all.</param>
internal sealed record Difference(ImmutableArray<GossipRecord> Lacking, IReadOnlyList<KnownSequences> Wanted, bool More)
{
    /// <summary>Whether there is none.</summary>
    public bool IsNone => Lacking.IsEmpty && Wanted.Count == 0;
}

/// <summary>What a store may hold.</summary>
/// <param name="Retention">How long a record is kept after its reception.</param>
/// <param name="MaxRecords">Records at most; the oldest leave.</param>
internal sealed record EventStoreLimits(TimeSpan Retention, int MaxRecords);
