using System.Diagnostics.CodeAnalysis;

namespace Actors.Mail;

/// <summary>Mail that must go out, whatever happens to this process.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, though no collection.")]
public interface IMailQueue
{
    /// <summary>
    /// Queues a mail; durable when it returns. An id that was queued before is not queued again, so that a command can
    /// be repeated.
    /// </summary>
    /// <exception cref="ArgumentException">An address that no mail server would take.</exception>
    ValueTask EnqueueAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
