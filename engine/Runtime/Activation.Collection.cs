using Orleans;

namespace Actors.Engine.Runtime;

internal sealed partial class Activation
{
    private long _lastUse;
    private long _keptUntil;

    /// <summary>Whether it seems to be idle; read from outside its turns, so decided again in one.</summary>
    public bool LooksIdle(long now) =>
        Status == ActivationStatus.Active && now - _lastUse > Class.CollectionAge && now >= _keptUntil && Running == 0;

    public void Keep(TimeSpan time) =>
        _keptUntil = time == TimeSpan.MaxValue || time == Timeout.InfiniteTimeSpan ? long.MaxValue
            : time <= TimeSpan.Zero ? 0
            : Engine.Clock.Now + time.Ticks + Engine.Clock.Tick;

    private void CollectIfIdle(long now)
    {
        if (LooksIdle(now) && _waiting.IsEmpty)
        {
            StartDraining(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "It was idle."));
        }
    }

    internal sealed class Collect(long now) : InboxItem
    {
        internal override void Execute(Activation activation) => activation.CollectIfIdle(now);
    }
}
