using Orleans;
using Orleans.Concurrency;

namespace Actors.Limits;

/// <summary>Counts the wrong guesses of some guessers for all servers of a cluster. In memory alone: what a silo's death forgets, a guesser gains once.</summary>
[Alias("actors.limits.miss-counter")]
public interface IMissCounterGrain : IGrainWithStringKey
{
    /// <summary>The wrong guesses of late.</summary>
    /// <param name="guesser">Who guesses.</param>
    [ReadOnly, Alias("count")]
    Task<MissTally> CountAsync(string guesser);

    /// <summary>One more.</summary>
    /// <param name="guesser">Who guessed.</param>
    [Alias("add")]
    Task AddAsync(string guesser);
}

/// <summary>A sliding count: that of the window before, fading out, and that of this window.</summary>
/// <param name="Before">Guesses in the window before.</param>
/// <param name="Now">Guesses in this window.</param>
/// <param name="Elapsed">The part of this window that has passed, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("actors.limits.miss-tally")]
public sealed record MissTally(
    [property: Id(0)] int Before,
    [property: Id(1)] int Now,
    [property: Id(2)] double Elapsed);
