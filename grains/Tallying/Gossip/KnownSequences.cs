namespace Actors.Tallying.Gossip;

/// <summary>What somebody told of one reader's sequences.</summary>
/// <param name="Origin">The reader.</param>
/// <param name="Floor">Up to here everything has expired.</param>
/// <param name="Ranges">What is known (or wanted), rising and apart from each other.</param>
/// <param name="UpTo">Nothing is said about sequences beyond this one.</param>
internal sealed record KnownSequences(Guid Origin, long Floor, IReadOnlyList<SequenceRange> Ranges, long UpTo);
