using Orleans;

namespace Actors.Limits;

/// <inheritdoc cref="IMissCounterGrain"/>
/// <param name="time">The clock.</param>
// For as long as a guess counts: two windows, and a little.
[CollectionAgeLimit(Minutes = 25)]
public sealed class MissCounterGrain(TimeProvider time) : Grain, IMissCounterGrain
{
    private const int Capacity = 10_000;
    private readonly MissTable _misses = new(time, Capacity);

    /// <inheritdoc/>
    public Task<MissTally> CountAsync(string guesser) => Task.FromResult(_misses.Count(guesser));

    /// <inheritdoc/>
    public Task AddAsync(string guesser)
    {
        _misses.Add(guesser);
        return Task.CompletedTask;
    }
}
