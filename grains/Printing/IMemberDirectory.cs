using System.Collections.Immutable;

namespace Actors.Printing;

/// <summary>Who may print. Texts are trimmed and in upper case.</summary>
public interface IMemberDirectory
{
    /// <summary>Puts members in, each in place of those that have one of its numbers; all or none.</summary>
    /// <param name="members">No number twice among them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask ReplaceAsync(ImmutableArray<NewMember> members, CancellationToken cancellationToken);

    /// <summary>The member with this surname and one of whose numbers is this one, or null.</summary>
    /// <param name="surname">In upper case.</param>
    /// <param name="number">A union or student number in upper case; a union number comes first.</param>
    /// <param name="students">Whether members without a union number exist.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<PrintOwner?> FindAsync(string surname, string number, bool students, CancellationToken cancellationToken);

    /// <summary>Members by their ids.</summary>
    /// <param name="after">An id; that one and those before it are left out.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<PrintOwner>> ListAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Forgets the members that have this number; false when there are none.</summary>
    ValueTask<bool> DeleteAsync(string number, CancellationToken cancellationToken);
}

/// <summary>A member to put in.</summary>
/// <param name="Surname">In upper case.</param>
/// <param name="UnionNumber">In upper case, or null.</param>
/// <param name="StudentNumber">In upper case, or null.</param>
public sealed record NewMember(string Surname, string? UnionNumber, string? StudentNumber);
