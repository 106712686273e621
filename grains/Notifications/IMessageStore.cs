using System.Collections.Immutable;

namespace Actors.Notifications;

/// <summary>Messages: what was to be said, to whom, and how far that is done.</summary>
public interface IMessageStore
{
    /// <summary>Adds a message with the users it is for (none when it is for a group), in one transaction.</summary>
    /// <returns>The message that is stored: this one, or the one that had the id before.</returns>
    ValueTask<StoredMessage> AddAsync(StoredMessage message, ImmutableArray<string> users, CancellationToken cancellationToken);

    /// <summary>A message, or null.</summary>
    ValueTask<StoredMessage?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Some of the users of a message, in their order.</summary>
    /// <param name="id">The message's id.</param>
    /// <param name="from">From which place, 0 for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<string>> UsersAsync(string id, int from, int limit, CancellationToken cancellationToken);

    /// <summary>Writes how far it is done; what is done stays done.</summary>
    ValueTask AdvanceAsync(string id, MessageProgress progress, CancellationToken cancellationToken);

    /// <summary>Ids of messages that are due and not done, the earliest first.</summary>
    ValueTask<ImmutableArray<string>> UnfinishedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes messages that are done and were made before a time, with their users, at most <paramref name="limit"/>; how many.</summary>
    ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>A message.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fingerprint">A hash of all that was asked: a repeat has the same.</param>
/// <param name="Content">What it says, as the grains encoded it.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Due">When it is to be said.</param>
/// <param name="Group">The group it is for, or null.</param>
/// <param name="User">The one user it is for, or null.</param>
/// <param name="Total">For how many users it is; 0 for a group.</param>
/// <param name="Progress">How far it is done.</param>
public sealed record StoredMessage(
    string Id, ImmutableArray<byte> Fingerprint, ReadOnlyMemory<byte> Content, DateTimeOffset Created, DateTimeOffset Due,
    string? Group, string? User, int Total, MessageProgress Progress);

/// <summary>How far a message is done.</summary>
/// <param name="Told">How many users were told.</param>
/// <param name="Last">The last member of the group that was told, or null.</param>
/// <param name="IsDone">Whether all were told.</param>
public sealed record MessageProgress(int Told, string? Last, bool IsDone);
