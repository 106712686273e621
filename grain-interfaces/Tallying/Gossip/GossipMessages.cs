using System.Collections.Immutable;
using Orleans;

namespace Actors.Tallying;

/// <summary>One decided row of a reader's log as readers tell it to each other.</summary>
/// <param name="Origin">The reader through which it was first received.</param>
/// <param name="Sequence">Its place in that reader's log, from 1.</param>
/// <param name="After">The position before its first event in the campaign's order, or -1 when the teller does not know it.</param>
/// <param name="Events">What the decision placed in the campaign's order: the scan, then what followed from it.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.gossip-record")]
public sealed record GossipRecord(
    [property: Id(0)] Guid Origin,
    [property: Id(1)] long Sequence,
    [property: Id(2)] long After,
    [property: Id(3)] ImmutableArray<TallyEvent> Events);

/// <summary>What a reader tells another one.</summary>
/// <param name="From">The reader that tells.</param>
/// <param name="Home">The process in which it lives.</param>
/// <param name="Records">News, or what the other one was found to lack.</param>
/// <param name="Summary">What the teller knows, as one hash per bucket of readers; empty when it does not ask.</param>
/// <param name="Wanted">Sequences that it asks for; empty for none.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.gossip-message")]
public sealed record GossipMessage(
    [property: Id(0)] Guid From,
    [property: Id(1)] Guid Home,
    [property: Id(2)] ImmutableArray<GossipRecord> Records,
    [property: Id(3)] ImmutableArray<byte> Summary,
    [property: Id(4)] ImmutableArray<byte> Wanted);

/// <summary>What the other one answers.</summary>
/// <param name="Home">The process in which it lives.</param>
/// <param name="Known">To a summary: its version vector for the buckets that differ. Empty when nothing differs.</param>
/// <param name="Records">To wanted sequences: those it holds, the oldest first, a page at most.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.gossip-answer")]
public sealed record GossipAnswer(
    [property: Id(0)] Guid Home,
    [property: Id(1)] ImmutableArray<byte> Known,
    [property: Id(2)] ImmutableArray<GossipRecord> Records);
