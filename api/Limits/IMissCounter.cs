using System.Runtime.InteropServices;
using Actors.Limits;

namespace Actors.Api.Limits;

/// <summary>Counts wrong guesses. Behind an interface because in a cluster the counts of all processes add up.</summary>
internal interface IMissCounter
{
    /// <summary>Wrong guesses of late, as if spread evenly over each window.</summary>
    ValueTask<MissCount> CountAsync(MissKey key, CancellationToken cancellationToken);

    /// <summary>One more.</summary>
    ValueTask AddAsync(MissKey key, CancellationToken cancellationToken);
}

/// <summary>Who guesses what.</summary>
/// <param name="Kind">What is guessed: tokens, codes, …</param>
/// <param name="Client">Who guesses, or everybody.</param>
internal readonly record struct MissKey(string Kind, string Client)
{
    private const string All = "*";

    public bool IsEverybody => Client == All;

    public static MissKey Everybody(string kind) => new(kind, All);

    public override string ToString() => $"{Kind} {Client}";
}

/// <summary>A sliding count: that of the window before, fading out, and that of this window.</summary>
/// <param name="Before">Guesses in the window before.</param>
/// <param name="Now">Guesses in this window.</param>
/// <param name="Elapsed">The part of this window that has passed, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MissCount(int Before, int Now, double Elapsed)
{
    public static MissCount Of(MissTally tally) => new(tally.Before, tally.Now, tally.Elapsed);

    public double Value => (Before * (1 - Elapsed)) + Now;

    /// <summary>How many windows must pass until the count is below the limit.</summary>
    public double WindowsUntilBelow(int limit) =>
        Now < limit
            ? Math.Max(0, 1 - ((limit - Now) / (double)Math.Max(1, Before)) - Elapsed)
            : 1 - Elapsed + Math.Max(0, 1 - (limit / (double)Now));
}
