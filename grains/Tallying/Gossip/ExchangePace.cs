using System.Numerics;

namespace Actors.Tallying.Gossip;

/// <summary>
/// When a process compares version vectors with another one: each period while something happens or somebody does not
/// answer, and less and less often when several in a row found nothing, so that a campaign at rest costs next to nothing.
/// </summary>
internal sealed class ExchangePace(GossipSettings settings)
{
    private const int QuietBeforeSlowing = 4;

    private int _quiet;

    /// <summary>When the next one is due.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>Something came or changed: others may lack it.</summary>
    public void Wake(TimeSpan now)
    {
        _quiet = 0;
        if (Due > now + settings.ExchangePeriod)
        {
            Due = now + settings.ExchangePeriod;
        }
    }

    /// <summary>One begins; where all do so at the same moment they soon do not.</summary>
    public void Begin(TimeSpan now, int homes, Random random)
    {
        var slowing = Math.Clamp(_quiet - QuietBeforeSlowing - BitOperations.Log2((uint)Math.Max(1, homes)), 0, 16);
        var period = TimeSpan.FromTicks(Math.Min(settings.IdleExchangePeriod.Ticks, settings.ExchangePeriod.Ticks << slowing));
        Due = now + period * (0.75 + 0.5 * random.NextDouble());
    }

    /// <summary>It ended.</summary>
    public void End(bool isQuiet) => _quiet = isQuiet ? _quiet + 1 : 0;
}
