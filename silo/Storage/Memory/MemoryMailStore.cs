using System.Collections.Immutable;

namespace Actors.Silo.Storage.Memory;

/// <summary>A mail queue that lives as long as the process: for tests.</summary>
internal sealed class MemoryMailStore : IMailStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueuedMail> _mails = new(StringComparer.Ordinal);

    public ValueTask<bool> EnqueueAsync(string id, byte[] payload, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_mails.TryAdd(id, new QueuedMail(id, payload, Tries: 0, dueAt, MailState.Queued, LastError: null)));
        }
    }

    public ValueTask<ImmutableArray<QueuedMail>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var due = _mails.Values
                .Where(mail => mail.State == MailState.Queued && mail.NextAttemptAt <= now)
                .OrderBy(mail => mail.NextAttemptAt)
                .Take(limit)
                .Select(mail => mail with { Tries = mail.Tries + 1, NextAttemptAt = until })
                .ToImmutableArray();
            foreach (var mail in due)
            {
                _mails[mail.Id] = mail;
            }

            return ValueTask.FromResult(due);
        }
    }

    public ValueTask MarkSentAsync(string id, CancellationToken cancellationToken) =>
        Change(id, mail => mail with { State = MailState.Sent, LastError = null }, cancellationToken);

    public ValueTask MarkFailedAsync(string id, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken) =>
        Change(id, mail => mail with
        {
            LastError = reason,
            NextAttemptAt = retryAt ?? mail.NextAttemptAt,
            State = retryAt is null ? MailState.Failed : MailState.Queued,
        }, cancellationToken);

    public ValueTask<QueuedMail?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_mails.GetValueOrDefault(id));
        }
    }

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_mails.Values
                .Where(mail => mail.State == MailState.Queued)
                .Min(mail => (DateTimeOffset?)mail.NextAttemptAt));
        }
    }

    public ValueTask<int> DeleteDoneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var done = _mails.Values.Where(mail => mail.State != MailState.Queued && mail.NextAttemptAt < before).Take(limit).ToList();
            done.ForEach(mail => _mails.Remove(mail.Id));
            return ValueTask.FromResult(done.Count);
        }
    }

    private ValueTask Change(string id, Func<QueuedMail, QueuedMail> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            // Once sent, a late answer of another try changes nothing any more.
            if (_mails.TryGetValue(id, out var mail) && mail.State != MailState.Sent)
            {
                _mails[id] = change(mail);
            }
        }

        return ValueTask.CompletedTask;
    }
}
