namespace Actors.Printing.Terminals;

/// <summary>The live connection of a terminal; it lives in memory, and its other end renews it.</summary>
internal sealed class TerminalConnection(Guid id, ITerminalObserver observer, TerminalAbilities abilities)
{
    public Guid Id => id;

    public ITerminalObserver Observer { get; set; } = observer;

    public TerminalAbilities Abilities { get; set; } = abilities;

    /// <summary>When it was renewed last.</summary>
    public DateTimeOffset RenewedAt { get; set; }

    /// <summary>The connection that wants its place, and was told to ask again.</summary>
    public Guid? Challenger { get; set; }

    /// <summary>Whether the terminal was heard since.</summary>
    public bool IsHeard { get; set; }
}
