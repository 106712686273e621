using Actors.Printing;

namespace Actors.Api.Printing.Terminals;

/// <summary>A terminal's connection to this process, of whatever kind.</summary>
internal interface ITerminalLine
{
    /// <summary>What the grain calls.</summary>
    ITerminalObserver Observer { get; }

    /// <summary>The terminal's id.</summary>
    string Terminal { get; }

    /// <summary>The connection's id.</summary>
    Guid Id { get; }

    /// <summary>The reference by which the grain calls this object.</summary>
    ITerminalObserver? Reference { get; set; }

    /// <summary>What the terminal's program said that it can do.</summary>
    TerminalAbilities Abilities { get; }

    /// <summary>How long the terminal was not heard.</summary>
    TimeSpan Silence { get; }

    /// <summary>Ends when the connection is to end.</summary>
    CancellationToken Ended { get; }

    /// <summary>The connection is to end; the terminal comes again by itself.</summary>
    void End();

    /// <summary>Asks the terminal for a sign of life, without waiting for it.</summary>
    Task PingAsync();
}
