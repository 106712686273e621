using System.Collections.Immutable;
using System.Text.Json;
using Actors.Silo.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Mail;

/// <summary>Takes due mails from the queue and hands them to the mail server.</summary>
internal sealed partial class MailSender(IMailStore store, MailOptions options, MailSignal signal, TimeProvider time, ILogger<MailSender> logger) : BackgroundService
{
    private const int Batch = 10;
    // longer than a batch can take, so that no mail is claimed twice
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeepDone = TimeSpan.FromDays(30);
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(5);
    private DateTimeOffset _tidyAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Host is null)
        {
            NoServer(logger);
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendDueAsync(stoppingToken) == 0)
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (Exception failure) when (failure is IOException or TimeoutException)
            {
                StorageFailed(logger, failure);
                await Task.Delay(StoragePause, time, stoppingToken);
            }
        }
    }

    /// <summary>Sends a batch of what is due; how many that was.</summary>
    internal async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await store.ClaimDueAsync(now, now + Claim, Batch, cancellationToken);
        if (due.Length > 0)
        {
            await SendAsync(due, cancellationToken);
        }

        return due.Length;
    }

    private async Task SendAsync(ImmutableArray<QueuedMail> mails, CancellationToken cancellationToken)
    {
        SmtpSession? session = null;
        string? broken = null;
        try
        {
            foreach (var mail in mails)
            {
                SmtpResult result;
                try
                {
                    // a server that is away is not knocked at for each mail
                    session ??= broken is null ? await SmtpSession.OpenAsync(options, time, cancellationToken) : null;
                    result = session is null ? new SmtpResult(SmtpVerdict.Later, broken) : await OfferAsync(session, mail, cancellationToken);
                }
                catch (Exception failure) when (failure is JsonException or ArgumentException or FormatException)
                {
                    // a mail that cannot be written must not stop those behind it
                    result = new SmtpResult(SmtpVerdict.Refused, failure.GetType().Name);
                }
                catch (SmtpException failure)
                {
                    broken = failure.Message;
                    result = new SmtpResult(SmtpVerdict.Later, broken);
                    if (session is not null)
                    {
                        await session.DisposeAsync();
                        session = null;
                    }
                }

                await RecordAsync(mail, result, cancellationToken);
            }

            if (session is not null)
            {
                await session.QuitAsync(cancellationToken);
            }
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync();
            }
        }
    }

    private Task<SmtpResult> OfferAsync(SmtpSession session, QueuedMail mail, CancellationToken cancellationToken)
    {
        var job = JsonSerializer.Deserialize<MailJob>(mail.Payload)!;
        var from = job.Mail.From ?? MailAddresses.Parse(options.From!);
        return session.SendAsync(from.Address, job.Recipient, MimeMessage.Write(job.Mail, from, job.QueuedAt), cancellationToken);
    }

    private async Task RecordAsync(QueuedMail mail, SmtpResult result, CancellationToken cancellationToken)
    {
        var retryAt = result.Verdict is SmtpVerdict.Later ? MailRetry.Next(mail.Tries, time.GetUtcNow()) : null;
        if (result.Verdict is SmtpVerdict.Taken)
        {
            MailInstruments.Sent.Add(1);
            await store.MarkSentAsync(mail.Id, cancellationToken);
            return;
        }

        (retryAt is null ? MailInstruments.Failed : MailInstruments.Deferred).Add(1);
        var (id, reason) = (mail.Id.Split('>')[0], Code(result.Reason));
        Unsent(logger, retryAt is null ? LogLevel.Error : LogLevel.Warning, id, mail.Tries, result.Verdict, reason, retryAt);
        await store.MarkFailedAsync(mail.Id, result.Reason ?? "", retryAt, cancellationToken);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now >= _tidyAt)
        {
            _tidyAt = now + TimeSpan.FromHours(1);
            await store.DeleteDoneAsync(now - KeepDone, limit: 1000, cancellationToken);
        }

        var wait = await store.NextDueAsync(cancellationToken) - now ?? LongestWait;
        if (wait > TimeSpan.Zero)
        {
            await signal.WaitAsync(wait < LongestWait ? wait : LongestWait, time, cancellationToken);
        }
    }

    /// <summary>Servers repeat addresses in their answers, and addresses do not belong in logs.</summary>
    private static string Code(string? reason) =>
        reason is null ? "" : char.IsAsciiDigit(reason.FirstOrDefault()) ? reason.Split(' ')[0] : reason;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "No mail server is set (Mail:Host): mail is queued and waits")]
    private static partial void NoServer(ILogger logger);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The mail queue could not be read or written; trying again")]
    private static partial void StorageFailed(ILogger logger, Exception failure);

    [LoggerMessage(EventId = 3, Message = "Mail {MailId}, try {Try}: {Verdict} ({Reason}); next at {RetryAt}")]
    private static partial void Unsent(ILogger logger, LogLevel level, string mailId, int @try, SmtpVerdict verdict, string reason, DateTimeOffset? retryAt);
}
