using System.Text;

namespace Actors.Notifications.Deliveries;

/// <summary>What follows from a push service's answer, and when.</summary>
internal static class DeliveryRules
{
    /// <summary>Into how many queues the deliveries to one push service are divided.</summary>
    public const int Parts = 8;

    /// <summary>It ends a subscription after three pushes that show nothing (facts.md, section 3.3).</summary>
    private const string Apple = ".apple.com";

    /// <summary>The part of its queues that a user's deliveries are in: the same for ever.</summary>
    public static int PartOf(string user)
    {
        // FNV-1a: string.GetHashCode differs from process to process
        var hash = 2_166_136_261u;
        foreach (var octet in Encoding.UTF8.GetBytes(user))
        {
            hash = unchecked((hash ^ octet) * 16_777_619u);
        }

        return (int)((hash ^ hash >> 16) % Parts);
    }

    /// <summary>Whether a push may show nothing there.</summary>
    public static bool MayBeSilent(string endpoint) => !new Uri(endpoint).Host.EndsWith(Apple, StringComparison.OrdinalIgnoreCase);

    /// <summary>The wait before something is sent again: doubled each time, and between half and all of it, so that what failed together does not come together.</summary>
    /// <param name="attempts">How often it was sent, from 1.</param>
    /// <param name="options">The shortest and the longest wait.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan Backoff(int attempts, PushOptions options, double random)
    {
        var whole = options.RetryDelay * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30));
        return (whole < options.MaxRetryDelay ? whole : options.MaxRetryDelay) * (0.5 + random / 2);
    }

    /// <summary>How a delivery stands after an answer.</summary>
    public static DeliveryResult After(DueDelivery due, PushAnswer answer, PushOptions options, DateTimeOffset now, double random)
    {
        var delivery = due.Delivery;
        return answer.Kind switch
        {
            PushAnswerKind.Accepted => Result(DeliveryState.Sent, now),
            PushAnswerKind.Gone => Result(DeliveryState.Gone, now),
            PushAnswerKind.Retry => Again(Longer(Backoff(due.Attempts + 1, options, random), answer.RetryAfter ?? TimeSpan.Zero)),

            // keys can be mended, and then it is to arrive
            PushAnswerKind.Refused => Again(options.MaxRetryDelay),
            _ => Result(DeliveryState.Failed, now),
        };

        DeliveryResult Again(TimeSpan wait) => now + wait < delivery.Expires ? Result(DeliveryState.Retrying, now + wait) : Result(DeliveryState.Expired, now);

        DeliveryResult Result(DeliveryState state, DateTimeOffset next) =>
            new(delivery.Notification, delivery.Device, delivery.Kind, state, answer.Kind is not PushAnswerKind.Forbidden, answer.Status, now, next);
    }

    /// <summary>For how many seconds the service may keep it.</summary>
    public static int TtlSeconds(NotificationContent content, NewDelivery delivery, DateTimeOffset now)
    {
        if (delivery.Kind is DeliveryKind.Remove)
        {
            return (int)Math.Max(0, (delivery.Expires - now).TotalSeconds);
        }

        var left = content.Ttl == 0 ? 0 : Math.Max(1, content.Ttl - (now - delivery.Queued).TotalSeconds);
        return (int)Math.Max(0, content.ValidTo is { } end ? Math.Min(left, (end - now).TotalSeconds) : left);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
