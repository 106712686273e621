using System.Collections.Immutable;

namespace Actors.Silo.Storage;

/// <summary>The durable queue of outgoing mail. The id makes enqueueing idempotent, and goes into the Message-ID.</summary>
public interface IMailStore
{
    /// <summary>Queues a mail; false when the id is known already, whatever became of it.</summary>
    ValueTask<bool> EnqueueAsync(string id, byte[] payload, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>Takes mails that are due, the earliest first: each counts one try more and is due again at <paramref name="until"/> unless marked before.</summary>
    ValueTask<ImmutableArray<QueuedMail>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>Records that a mail was handed over.</summary>
    ValueTask MarkSentAsync(string id, CancellationToken cancellationToken);

    /// <summary>Records a failed try, to be repeated at <paramref name="retryAt"/>, or given up when that is null.</summary>
    ValueTask MarkFailedAsync(string id, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken);

    /// <summary>The mail, or null.</summary>
    ValueTask<QueuedMail?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>When the next mail is due, or null when none is queued.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>Forgets mails that were sent or given up and were last due before a time; how many.</summary>
    ValueTask<int> DeleteDoneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>A mail in the queue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Payload">The mail, as its sender encoded it.</param>
/// <param name="Tries">How often it was claimed.</param>
/// <param name="NextAttemptAt">When it is due (again).</param>
/// <param name="State">What became of it.</param>
/// <param name="LastError">Why the last try failed.</param>
public sealed record QueuedMail(
    string Id,
    byte[] Payload,
    int Tries,
    DateTimeOffset NextAttemptAt,
    MailState State,
    string? LastError);

/// <summary>What became of a mail. Numbers are stored: never renumber.</summary>
public enum MailState
{
    /// <summary>To be sent.</summary>
    Queued = 1,

    /// <summary>Handed over.</summary>
    Sent = 2,

    /// <summary>Given up.</summary>
    Failed = 3,
}
