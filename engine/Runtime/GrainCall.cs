namespace Actors.Engine.Runtime;

/// <summary>How a call gets along with others on the same activation.</summary>
internal enum CallKind : byte
{
    /// <summary>Runs alone among exclusive and reading calls.</summary>
    Exclusive,

    /// <summary>Runs beside other reading calls.</summary>
    Reading,

    /// <summary>Runs beside anything.</summary>
    Interleaving,
}

internal enum CallStage : byte
{
    Waiting,
    Running,
    Ended,
}

/// <summary>Work that the activation admits by its interleaving rules: a request, a timer's tick, its own start.</summary>
public abstract class GrainCall : InboxItem
{
    // The call that this one was made from, while that still runs: the chain that finds deadlocks.
    internal GrainCall? Caller;
    internal Activation? Owner;
    internal CallKind Kind;
    internal CallStage Stage;
    internal byte Forwards;

    private protected GrainCall()
    {
    }

    /// <summary>Whether nobody waits for it any more, so that it need not begin.</summary>
    internal virtual bool IsAbandoned => false;

    /// <summary>Whether it goes on to the next activation when this one is gone; if not it is dropped.</summary>
    internal virtual bool IsForwarded => true;

    /// <summary>Whether it counts as a use of the grain.</summary>
    internal virtual bool KeepsAlive => true;

    internal sealed override void Execute(Activation activation) => activation.Arrive(this);

    internal abstract CallKind KindOn(Activation activation);

    /// <summary>Runs the body on its activation, and <see cref="Activation.End"/> when the body has ended; must not throw.</summary>
    internal abstract void Begin(Activation activation);

    /// <summary>Refuses it; its body has not begun.</summary>
    internal abstract void Refuse(Exception reason);
}
