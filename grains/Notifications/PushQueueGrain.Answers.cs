using Actors.Notifications.Deliveries;
using Actors.Notifications.Messages;
using Microsoft.Extensions.Logging;

namespace Actors.Notifications;

/// <summary>One delivery, and what follows from the push service's answer.</summary>
internal sealed partial class PushQueueGrain
{
    private const int LeastLoggedRefusal = 400;

    private List<(DueDelivery Due, DeliveryResult Result, PushAnswer Answer)> _results = [];

    private async Task SendAsync(DueDelivery due)
    {
        try
        {
            var delivery = due.Delivery;
            var now = time.GetUtcNow();
            if (now >= delivery.Expires)
            {
                var over = new DeliveryResult(delivery.Notification, delivery.Device, delivery.Kind, DeliveryState.Expired, IsAttempt: false, Status: 0, now, now);
                _results.Add((due, over, default));
                return;
            }

            var started = time.GetTimestamp();
            var answer = await sender.SendAsync(MessageOf(due, now), CancellationToken.None);
            instruments.Answered(delivery.Target.Queue.Origin, answer.Status, time.GetElapsedTime(started));
            Take(due, answer);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // a fault of ours: it must not be tried without end, nor hold up the others
            LogFault(failure, due.Delivery.Notification);
            Take(due, new PushAnswer(PushAnswerKind.Retry, Status: 0, RetryAfter: null, failure.GetType().Name));
        }
        finally
        {
            _underWay--;
            _signal.TrySetResult();
        }
    }

    private static PushMessage MessageOf(DueDelivery due, DateTimeOffset now)
    {
        var delivery = due.Delivery;
        var content = ContentCodec.Decode(due.Content);
        var isRemoval = delivery.Kind is DeliveryKind.Remove;
        return new PushMessage(
            new Uri(delivery.Target.Endpoint), delivery.Target.P256dh.ToArray(), delivery.Target.Auth.ToArray(),
            isRemoval ? PushPayload.Remove(delivery.Notification) : PushPayload.Show(delivery.Notification, content),
            DeliveryRules.TtlSeconds(content, delivery, now), isRemoval ? null : content.Urgency.ToText(), Topics.Of(delivery, content));
    }

    private void Take(DueDelivery due, PushAnswer answer)
    {
        var now = time.GetUtcNow();
        _results.Add((due, DeliveryRules.After(due, answer, _options, now, Random.Shared.NextDouble()), answer));
        var pausedBefore = _health.PausedUntil;
        if (_health.Heard(answer, now))
        {
            LogDown(Key.Origin, answer.Detail);
        }

        if (answer.RetryAfter is not null && _health.PausedUntil > pausedBefore)
        {
            TellOtherParts();
        }

        switch (answer.Kind)
        {
            case PushAnswerKind.Accepted:
                instruments.Delivered(Key.Origin, now - due.Delivery.Queued);
                break;
            case PushAnswerKind.Refused:
                LogRefused(Key.Origin, answer.Status);
                break;
            case PushAnswerKind.Wrong or PushAnswerKind.Forbidden:
                LogWrong(Key.Origin, answer.Status, answer.Detail);
                break;
            case PushAnswerKind.Retry when answer.Status >= LeastLoggedRefusal:
                LogBusy(Key.Origin, answer.Status);
                break;
        }
    }

    /// <summary>Everything that came back since the last time, in one transaction.</summary>
    private async Task RecordAsync()
    {
        if (_results.Count == 0)
        {
            return;
        }

        var results = _results;
        _results = [];
        try
        {
            await deliveries.RecordAsync([.. results.Select(result => result.Result)], CancellationToken.None);
        }
        catch
        {
            _results = [.. results, .. _results];
            throw;
        }

        foreach (var (due, _, answer) in results)
        {
            _known.Remove(IdOf(due));
            TellUser(due.Delivery, answer);
        }
    }

    /// <summary>Not waited for: a service that refuses a device will do so again.</summary>
    private void TellUser(NewDelivery delivery, PushAnswer answer)
    {
        var user = GrainFactory.GetUserGrain(new UserKey(delivery.User));
        _ = answer.Kind switch
        {
            // by its endpoint: a subscription that was renewed meanwhile stays
            PushAnswerKind.Gone => PushQueues.QuietlyAsync(user.DeviceGoneAsync(delivery.Device, delivery.Target.Endpoint)),
            PushAnswerKind.Refused or PushAnswerKind.Wrong or PushAnswerKind.Forbidden => PushQueues.QuietlyAsync(user.DeviceStruckAsync(delivery.Device, answer.Status)),
            _ => Task.CompletedTask,
        };
    }

    private void TellOtherParts()
    {
        foreach (var part in Enumerable.Range(0, DeliveryRules.Parts).Where(part => part != Key.Part))
        {
            _ = PushQueues.QuietlyAsync(GrainFactory.GetPushQueueGrain(Key with { Part = part }).PauseAsync(_health.PausedUntil));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Push service {Origin} does not answer ({Detail}); it is asked again from time to time.")]
    private partial void LogDown(string origin, string? detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "Push service {Origin} refuses our keys ({Status}): see Push:Subject, Push:PublicKey, Push:PrivateKey and this machine's clock.")]
    private partial void LogRefused(string origin, int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Push service {Origin} refuses what we send ({Status} {Detail}); it is not sent again.")]
    private partial void LogWrong(string origin, int status, string? detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "Push service {Origin} asks us to come again ({Status}).")]
    private partial void LogBusy(string origin, int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {Notification} could not be sent.")]
    private partial void LogFault(Exception failure, string notification);
}
