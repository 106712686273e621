namespace Actors.Notifications;

/// <summary>Sends to push services (RFC 8030): encrypted for the device (RFC 8291), signed by us (RFC 8292).</summary>
public interface IPushSender
{
    /// <summary>
    /// Sends a message and tells what came of it. Whatever a service or the network does is a value, never an exception; it
    /// is bounded by a time-out of 10 seconds.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives it up; whether it was taken is then unknown.</param>
    Task<PushAnswer> SendAsync(PushMessage message, CancellationToken cancellationToken);
}

/// <summary>Something to send to one device.</summary>
/// <param name="Endpoint">Its address at the push service.</param>
/// <param name="P256dh">Its public key: 65 bytes.</param>
/// <param name="Auth">Its secret: 16 bytes.</param>
/// <param name="Payload">What it is to read, at most 3,993 bytes.</param>
/// <param name="TtlSeconds">For how many seconds the service may keep it, from 0.</param>
/// <param name="Urgency"><c>very-low</c>, <c>low</c>, <c>normal</c> or <c>high</c>; null for the service's default.</param>
/// <param name="Topic">It takes the place of an undelivered one of the same topic; at most 32 of A-Z, a-z, 0-9, - and _; or null.</param>
public sealed record PushMessage(Uri Endpoint, byte[] P256dh, byte[] Auth, ReadOnlyMemory<byte> Payload, int TtlSeconds, string? Urgency, string? Topic);

/// <summary>What came of sending.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="RetryAfter">For how long the service wants to be left alone, or null.</param>
/// <param name="Detail">What went wrong, without addresses and keys; or null.</param>
public readonly record struct PushAnswer(PushAnswerKind Kind, int Status, TimeSpan? RetryAfter, string? Detail);

/// <summary>What a push service's answer means (RFC 8030, section 5; facts.md, section 3.2).</summary>
public enum PushAnswerKind
{
    /// <summary>Taken: 201, or any other success.</summary>
    Accepted = 0,

    /// <summary>The subscription has ended: 404 or 410.</summary>
    Gone = 1,

    /// <summary>Not now: 429, 5xx, no connection, no answer in time.</summary>
    Retry = 2,

    /// <summary>Our keys are refused: 401 or 403.</summary>
    Refused = 3,

    /// <summary>The message is refused, and will be again: 400, 413 and all others.</summary>
    Wrong = 4,

    /// <summary>Not sent: the endpoint leads where it must not.</summary>
    Forbidden = 5,
}

/// <summary>Which endpoints may be subscribed, judged by their text alone; where they lead is judged when something is sent.</summary>
public interface IPushEndpointRules
{
    /// <summary>Whether an endpoint may be subscribed.</summary>
    /// <param name="endpoint">What the browser gave.</param>
    /// <param name="uri">The endpoint, when it may.</param>
    /// <param name="reason">Why not, for people.</param>
    bool IsAllowed(string endpoint, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? uri, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? reason);
}
