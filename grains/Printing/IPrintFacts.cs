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

    /// <summary>What was printed in a time, divided; the parts in the order of their keys, those without a key first.</summary>
    /// <param name="by">How it is divided.</param>
    /// <param name="since">The first moment.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="limit">How many parts at most, 1 to 100,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<PrintSum>> SumAsync(PrintSumBy by, DateTimeOffset since, DateTimeOffset until, int limit, CancellationToken cancellationToken);
}

/// <summary>How prints are divided.</summary>
public enum PrintSumBy
{
    /// <summary>By day (UTC); the key is its number of days since 1970-01-01.</summary>
    Day = 0,

    /// <summary>By member; the key is the member's id, or null where a file is nobody's.</summary>
    Member = 1,

    /// <summary>By terminal; the key is the terminal's id.</summary>
    Terminal = 2,
}

/// <summary>A part of what was printed.</summary>
/// <param name="Key">Which part.</param>
/// <param name="Prints">How many prints.</param>
/// <param name="Sheets">How many sheets they used.</param>
public sealed record PrintSum(string? Key, long Prints, long Sheets);

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
