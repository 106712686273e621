using Actors.Notifications;

namespace Actors.Api.Demo.Devices;

/// <summary>Hands what goes to a simulated device to it, and everything else to the sender.</summary>
internal sealed class DemoPushSender(IPushSender sender, DemoDevices devices) : IPushSender
{
    /// <summary>Where simulated devices are subscribed; no name of the internet ends so (RFC 2606).</summary>
    public const string Host = "device.demo.invalid";

    /// <inheritdoc/>
    public Task<PushAnswer> SendAsync(PushMessage message, CancellationToken cancellationToken)
    {
        if (message.Endpoint.Host != Host)
        {
            return sender.SendAsync(message, cancellationToken);
        }

        devices.Take(message.Endpoint.AbsolutePath.Trim('/'), message.Payload);
        return Task.FromResult(new PushAnswer(PushAnswerKind.Accepted, StatusCodes.Status201Created, RetryAfter: null, Detail: null));
    }
}
