using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Actors.TestKit.Relays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Actors.TestKit.Notifications;

/// <summary>
/// A push service of our own, over real HTTP (RFC 8030): it checks headers and the sender's token (RFC 8292), reads what only
/// the browser can read, and answers as it is told: any status, Retry-After, late, a redirect, or not at all.
/// </summary>
public sealed class PushServiceDouble : IAsyncDisposable
{
    /// <summary>A name that its certificate has beside 127.0.0.1.</summary>
    public const string Host = "push.example.test";

    private readonly ConcurrentDictionary<string, PushDevice> _devices = new(StringComparer.Ordinal);
    private readonly Channel<PushedMessage> _accepted = Channel.CreateUnbounded<PushedMessage>();
    private readonly PushTransport _transport;
    private readonly TimeProvider _time;
    private WebApplication? _app;
    private int _requests;

    private PushServiceDouble(PushTransport transport, TimeProvider time) =>
        (_transport, Certificate, _time) = (transport, transport is PushTransport.Tls ? MakeCertificate() : null, time);

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; } = LoopbackPorts.Next();

    /// <summary>Its certificate, which it signed itself; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Its origin, as in <c>aud</c>.</summary>
    public string Origin => Certificate is null ? $"http://127.0.0.1:{Port}" : $"https://{Host}:{Port}";

    /// <summary>What it answers to a device's path; null for 201.</summary>
    public Func<string, HttpResponse, Task>? Answer { get; set; }

    /// <summary>Requests until now.</summary>
    public int Requests => _requests;

    /// <summary>What it refused, in words, since the sender did something wrong.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Starts one.</summary>
    /// <param name="transport">What it speaks.</param>
    /// <param name="time">The clock by which tokens are judged.</param>
    public static async Task<PushServiceDouble> StartAsync(PushTransport transport = PushTransport.Clear, TimeProvider? time = null)
    {
        var service = new PushServiceDouble(transport, time ?? TimeProvider.System);
        await service.StartAgainAsync();
        return service;
    }

    /// <summary>Starts it again on the same port; subscriptions stay.</summary>
    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Logging:LogLevel:Default=None"]);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, Listen));
        _app = builder.Build();
        _app.MapPost("/push/{id}", TakeAsync);
        await _app.StartAsync();
    }

    /// <summary>It is gone.</summary>
    public async Task KillAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    /// <summary>A browser subscribes.</summary>
    public PushDevice Subscribe()
    {
        var id = Guid.NewGuid().ToString("n");
        return _devices[$"/push/{id}"] = new PushDevice(new Uri($"{Origin}/push/{id}"));
    }

    /// <summary>A browser's subscription ends: from now on it is 410.</summary>
    public void End(PushDevice device) => _devices.TryRemove(device.Endpoint.AbsolutePath, out _);

    /// <summary>The next message that was accepted.</summary>
    public ValueTask<PushedMessage> NextAsync(CancellationToken cancellationToken) => _accepted.Reader.ReadAsync(cancellationToken);

    /// <summary>Whether a message was accepted that nobody asked for yet.</summary>
    public bool HasMore => _accepted.Reader.Count > 0;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        foreach (var device in _devices.Values)
        {
            device.Dispose();
        }

        Certificate?.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = _transport switch
        {
            PushTransport.Clear => HttpProtocols.Http1,
            PushTransport.ClearHttp2 => HttpProtocols.Http2,
            _ => HttpProtocols.Http1AndHttp2,
        };
        if (Certificate is { } certificate)
        {
            listen.UseHttps(certificate);
        }
    }

    private async Task TakeAsync(HttpContext http)
    {
        Interlocked.Increment(ref _requests);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var path = http.Request.Path.Value!;
        if (!_devices.TryGetValue(path, out var device))
        {
            http.Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }

        var headers = http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal);
        if (Check(headers, body.Length) is { } wrong)
        {
            Wrong.Enqueue(wrong);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var text = device.Decrypt(body.ToArray());
        http.Response.StatusCode = StatusCodes.Status201Created;
        if (Answer is { } answer)
        {
            await answer(path, http.Response);
        }

        if (http.Response.StatusCode == StatusCodes.Status201Created)
        {
            _accepted.Writer.TryWrite(new PushedMessage(path, headers, text, http.Response.StatusCode) { Body = body.ToArray(), Protocol = http.Request.Protocol });
        }
    }

    private string? Check(Dictionary<string, string> headers, long length)
    {
        if (length > 4_096)
        {
            return "longer than 4,096 bytes";
        }

        if (!headers.TryGetValue("ttl", out var ttl) || !int.TryParse(ttl, out var seconds) || seconds < 0)
        {
            return "no TTL";
        }

        if (headers.GetValueOrDefault("content-encoding") != "aes128gcm")
        {
            return "not aes128gcm";
        }

        if (headers.TryGetValue("topic", out var topic) && (topic.Length is 0 or > 32 || topic.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))))
        {
            return $"topic {topic}";
        }

        if (headers.TryGetValue("urgency", out var urgency) && urgency is not ("very-low" or "low" or "normal" or "high"))
        {
            return $"urgency {urgency}";
        }

        var proof = VapidProof.Read(headers.GetValueOrDefault("authorization"), Origin, _time.GetUtcNow());
        return proof.Problem ?? (proof.Subject?.StartsWith("mailto:", StringComparison.Ordinal) == true ? null : $"sub {proof.Subject}");
    }
}
