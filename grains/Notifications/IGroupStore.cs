using System.Collections.Immutable;

namespace Actors.Notifications;

/// <summary>Who belongs to which group.</summary>
public interface IGroupStore
{
    /// <summary>Makes these the members, all of them, in one transaction; those that were members already keep their time.</summary>
    ValueTask ReplaceAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Adds members.</summary>
    ValueTask AddAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Removes members; how many there were.</summary>
    ValueTask<int> RemoveAsync(string group, ImmutableArray<string> users, CancellationToken cancellationToken);

    /// <summary>Members in ordinal order of their ids (UTF-8), after one, or from the first.</summary>
    /// <param name="group">The group's id.</param>
    /// <param name="after">A user's id, or null.</param>
    /// <param name="until">Only those who were added up to then, or null for all.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<string>> ListAsync(string group, string? after, DateTimeOffset? until, int limit, CancellationToken cancellationToken);

    /// <summary>How many members there are.</summary>
    ValueTask<int> CountAsync(string group, CancellationToken cancellationToken);
}
