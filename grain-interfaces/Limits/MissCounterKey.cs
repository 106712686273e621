using System.Globalization;
using Orleans;

namespace Actors.Limits;

/// <summary>The key of a counter of wrong guesses.</summary>
/// <param name="Kind">What is guessed: tokens, codes, …</param>
/// <param name="Shard">Which part of the guessers, 0 to <see cref="Shards"/> - 1; all of them together are a part of their own.</param>
public readonly record struct MissCounterKey(string Kind, int Shard)
{
    /// <summary>Into how many parts guessers are divided, so that no one counter holds all.</summary>
    public const int Shards = 16;

    /// <summary>The counter of all guessers together.</summary>
    public static MissCounterKey Everybody(string kind) => new(kind, Shards);

    /// <summary>The counter of one guesser.</summary>
    public static MissCounterKey Of(string kind, string guesser)
    {
        // The same in all processes, whatever their string hashes are.
        var hash = 2166136261u;
        foreach (var character in guesser)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return new MissCounterKey(kind, (int)(hash % Shards));
    }

    /// <summary>The grain's key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"misses:{Kind}:{Shard}");
}

/// <summary>The only way by which these grains are fetched.</summary>
public static class MissCounterGrainFactoryExtensions
{
    /// <summary>The counter of this key.</summary>
    public static IMissCounterGrain GetMissCounterGrain(this IGrainFactory grains, MissCounterKey key) =>
        grains.GetGrain<IMissCounterGrain>(key.ToString());
}
