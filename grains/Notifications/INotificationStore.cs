using System.Collections.Immutable;

namespace Actors.Notifications;

/// <summary>The lists of notifications of all users. What a notification says lies with its message, once for all who get it.</summary>
public interface INotificationStore
{
    /// <summary>Puts a notification on a user's list, and what is to be sent for it into the queues, in one transaction; false when it is there already, and then nothing changes.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="deliveries">What is to be sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<bool> AddAsync(StoredNotification notification, ImmutableArray<NewDelivery> deliveries, CancellationToken cancellationToken);

    /// <summary>A page of a user's list, the newest first (by <see cref="StoredNotification.Created"/>, then id, both falling), without forgotten ones and those whose time is over.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="isNew">Only those that he did nothing with.</param>
    /// <param name="before">The last of the page before, or null.</param>
    /// <param name="now">By which validity is judged.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<ListedNotification>> ListAsync(string user, bool isNew, NotificationCursor? before, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>A notification of a user, forgotten ones too, or null.</summary>
    ValueTask<ListedNotification?> ReadAsync(string user, string id, CancellationToken cancellationToken);

    /// <summary>How many notifications a user did nothing with, of those that are valid; counts to a limit.</summary>
    ValueTask<int> CountNewAsync(string user, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what a user did with a notification. Marks only grow (forgotten stays forgotten); the time is that of the
    /// first. With it deliveries of this notification that were not sent yet become expired, and those of
    /// <paramref name="removals"/> are queued, in one transaction.
    /// </summary>
    /// <returns>What was there before, or null when there is no such notification; on no change nothing is queued.</returns>
    ValueTask<NotificationMark?> MarkAsync(
        string user, string id, NotificationMark mark, DateTimeOffset at, ImmutableArray<NewDelivery> removals, CancellationToken cancellationToken);

    /// <summary>Deletes notifications made before a time, at most <paramref name="limit"/>; how many.</summary>
    ValueTask<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>A notification on a user's list.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Id">Its id: the message's, or that and a part of its own after a point.</param>
/// <param name="Message">The message's id.</param>
/// <param name="Created">When it came on the list.</param>
/// <param name="ValidTo">After this it is on the list no more, or null.</param>
public sealed record StoredNotification(string User, string Id, string Message, DateTimeOffset Created, DateTimeOffset? ValidTo);

/// <summary>A notification and what was done with it.</summary>
/// <param name="Notification">The notification.</param>
/// <param name="Content">The content of its message, as the grains encoded it.</param>
/// <param name="Mark">What the user did.</param>
/// <param name="MarkedAt">When, or null.</param>
public sealed record ListedNotification(StoredNotification Notification, ReadOnlyMemory<byte> Content, NotificationMark Mark, DateTimeOffset? MarkedAt);
