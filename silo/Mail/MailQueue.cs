using System.Text.Json;
using Actors.Mail;
using Actors.Silo.Storage;

namespace Actors.Silo.Mail;

/// <summary>The queue: a row per recipient, so that each has its own tries and its own end.</summary>
internal sealed class MailQueue(IMailStore store, MailSignal signal, TimeProvider time) : IMailQueue
{
    public async ValueTask EnqueueAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (mail.Id.Length == 0)
        {
            throw new ArgumentException("A mail needs an id.", nameof(mail));
        }

        var now = time.GetUtcNow();
        var normal = mail with
        {
            To = [.. mail.To.Select(MailAddresses.Normalize)],
            Cc = mail.Cc.IsDefault ? [] : [.. mail.Cc.Select(MailAddresses.Normalize)],
            From = mail.From is null ? null : MailAddresses.Normalize(mail.From),
            ReplyTo = mail.ReplyTo is null ? null : MailAddresses.Normalize(mail.ReplyTo),
            Attachments = mail.Attachments.IsDefault ? [] : mail.Attachments,
        };
        var recipients = normal.To.Concat(normal.Cc).Select(party => party.Address).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (recipients.Length == 0)
        {
            throw new ArgumentException("A mail needs a recipient.", nameof(mail));
        }

        foreach (var recipient in recipients)
        {
            var payload = JsonSerializer.SerializeToUtf8Bytes(new MailJob(normal, recipient, now));
            await store.EnqueueAsync($"{mail.Id}>{recipient.ToLowerInvariant()}", payload, now, cancellationToken);
        }

        signal.Raise();
    }
}

/// <summary>What a row of the queue holds.</summary>
/// <param name="Mail">The mail, addresses checked.</param>
/// <param name="Recipient">For whom this row is.</param>
/// <param name="QueuedAt">When it was queued: its date, and the beginning of its tries.</param>
internal sealed record MailJob(OutgoingMail Mail, string Recipient, DateTimeOffset QueuedAt);
