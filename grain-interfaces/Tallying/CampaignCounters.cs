using System.Collections.Immutable;
using Orleans;

namespace Actors.Tallying;

/// <summary>Who is inside, counted from the campaign's log.</summary>
/// <param name="Cursor">The position of the last event counted.</param>
/// <param name="CountedAt">When it was counted.</param>
/// <param name="Entries">Certificates that were let in, each once per stay; entries taken back are not in it.</param>
/// <param name="Exits">Stays that ended by an exit; exits taken back are not in it.</param>
/// <param name="Capacity">How many may be inside at most, or null when nobody said.</param>
/// <param name="Gates">By gate, 256 at most.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.campaign-counters")]
public sealed record CampaignCounters(
    [property: Id(0)] long Cursor,
    [property: Id(1)] DateTimeOffset CountedAt,
    [property: Id(2)] long Entries,
    [property: Id(3)] long Exits,
    [property: Id(4)] int? Capacity,
    [property: Id(5)] ImmutableArray<GateCount> Gates)
{
    /// <summary>Certificates inside now.</summary>
    public long Inside => Entries - Exits;

    /// <summary>Whether no more may be let in.</summary>
    public bool IsFull => Inside >= Capacity;

    /// <summary>Whether a page would show the same numbers.</summary>
    public bool ShowsSame(CampaignCounters? other) =>
        other is not null && Entries == other.Entries && Exits == other.Exits && Capacity == other.Capacity && Gates.SequenceEqual(other.Gates);
}

/// <summary>What passed a gate.</summary>
/// <param name="Gate">Its name.</param>
/// <param name="Entries">Entries through it.</param>
/// <param name="Exits">Exits through it.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.gate-count")]
public sealed record GateCount(
    [property: Id(0)] string Gate,
    [property: Id(1)] long Entries,
    [property: Id(2)] long Exits);
