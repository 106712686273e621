using System.Security.Cryptography.X509Certificates;
using System.Text;
using Actors.Notifications;
using Actors.Silo.Notifications;
using Actors.Silo.Storage.Memory;
using Actors.TestKit.Notifications;
using Actors.TestKit.Time;
using Microsoft.Extensions.Options;

namespace Actors.Unit.Tests.Notifications;

/// <summary>A sender and a push service, with one clock that stands still.</summary>
internal sealed class PushPlant : IAsyncDisposable
{
    private PushPlant(PushServiceDouble service, ManualTimeProvider time, PushSettings settings, bool trusts)
    {
        (Service, Time) = (service, time);
        var options = Options.Create(settings);
        Keys = new VapidKeys(options, new MemorySettingStore());
        var trust = service.Certificate is null || !trusts ? null : new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { service.Certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        Sender = new PushSender(new VapidTokens(Keys, options, time), new PushEndpointRules(options), Network, options, time, trust);
    }

    public PushServiceDouble Service { get; }

    public ManualTimeProvider Time { get; }

    public FakePushNetwork Network { get; } = new();

    public VapidKeys Keys { get; }

    public PushSender Sender { get; }

    public static async Task<PushPlant> StartAsync(PushTransport transport = PushTransport.Clear, bool allowPrivate = true, bool trusts = true)
    {
        // TLS judges certificates by the machine's clock, and tokens are judged by this one
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
        var settings = new PushSettings
        {
            AllowPrivateEndpoints = allowPrivate,
            Http2Cleartext = transport is PushTransport.ClearHttp2,
            Subject = "mailto:push@example.com",
        };
        return new PushPlant(await PushServiceDouble.StartAsync(transport, time), time, settings, trusts);
    }

    /// <summary>To a browser that has just subscribed.</summary>
    public PushMessage Message(string text = "hello")
    {
        var device = Service.Subscribe();
        return new(device.Endpoint, device.P256dh, device.Auth, Encoding.UTF8.GetBytes(text), TtlSeconds: 60, Urgency: null, Topic: null);
    }

    public Task<PushAnswer> SendAsync(PushMessage message) => Sender.SendAsync(message, TestContext.Current.CancellationToken);

    /// <summary>The service answers so from now on.</summary>
    public void Answer(int status, string? retryAfter = null, string? location = null) => Service.Answer = (_, response) =>
    {
        response.StatusCode = status;
        response.Headers.RetryAfter = retryAfter;
        response.Headers.Location = location;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        Sender.Dispose();
        await Service.DisposeAsync();
    }
}
