using System.Collections.Immutable;

namespace Actors.Printing;

/// <summary>What was printed: a log that only grows.</summary>
public interface IPrintFacts
{
    /// <summary>Adds a print; one that is there already is not added again.</summary>
    ValueTask AddAsync(PrintFact fact, CancellationToken cancellationToken);

    /// <summary>Prints after a place in the log, in order.</summary>
    /// <param name="after">A place, 0 for the beginning.</param>
    /// <param name="limit">1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<LoggedPrint>> ReadAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>How many sheets a member used in a time.</summary>
    /// <param name="member">The member's id.</param>
    /// <param name="since">The first moment.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<long> SheetsAsync(long member, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>A print.</summary>
/// <param name="Id">Its id, by which it is counted once.</param>
/// <param name="File">The file's id.</param>
/// <param name="Member">The owner's id, or null.</param>
/// <param name="Terminal">The terminal's id.</param>
/// <param name="At">When the terminal had it.</param>
/// <param name="Sheets">Sheets used.</param>
public sealed record PrintFact(Guid Id, Guid File, long? Member, string Terminal, DateTimeOffset At, int Sheets);

/// <summary>A print and its place in the log.</summary>
/// <param name="Place">The place, from 1, growing.</param>
/// <param name="Fact">The print.</param>
public sealed record LoggedPrint(long Place, PrintFact Fact);
