namespace Actors.Tallying.Gossip;

/// <summary>A part of a version vector.</summary>
/// <param name="Buckets">The buckets that it describes wholly, one bit each.</param>
/// <param name="More">Whether other buckets differ, too.</param>
/// <param name="Entries">The readers of these buckets; of one that is missing nothing is known.</param>
internal sealed record KnownPage(ulong Buckets, bool More, IReadOnlyList<KnownSequences> Entries);
