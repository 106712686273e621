using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Actors.Notifications;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Notifications;

/// <inheritdoc cref="IPushSender"/>
internal sealed class PushSender : IPushSender, IDisposable
{
    private const int MaxConnections = 64;
    private const int MaxHeaderKilobytes = 16;
    private const int MaxAnswerBytes = 4_096;
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    private readonly VapidTokens _tokens;
    private readonly IPushEndpointRules _rules;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;
    private readonly bool _presumesHttp2;

    /// <param name="tokens">Make us known.</param>
    /// <param name="rules">Which endpoints are sent to; they may have changed since the device was subscribed.</param>
    /// <param name="network">Looks up names and connects.</param>
    /// <param name="settings">Whether private addresses will do.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trust">What certificates are judged by; null for what the machine trusts.</param>
    public PushSender(
        VapidTokens tokens, IPushEndpointRules rules, IPushNetwork network, IOptions<PushSettings> settings, TimeProvider time, X509ChainPolicy? trust = null)
    {
        (_tokens, _rules, _time, _presumesHttp2) = (tokens, rules, time, settings.Value.Http2Cleartext);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ConnectPatience,
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = MaxConnections,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = MaxAnswerBytes,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectCallback = new PushConnector(network, settings.Value.AllowPrivateEndpoints).ConnectAsync,
            SslOptions = { CertificateChainPolicy = trust },
        });
    }

    /// <inheritdoc/>
    public async Task<PushAnswer> SendAsync(PushMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_rules.IsAllowed(message.Endpoint.OriginalString, out var endpoint, out _))
        {
            return None(PushAnswerKind.Forbidden, "the settings do not allow the endpoint");
        }

        if (message.Payload.Length > WebPushEncryption.MaxPlaintext)
        {
            return None(PushAnswerKind.Wrong, "the message is too long");
        }

        if (WebPushEncryption.Encrypt(message.Payload.Span, message.P256dh, message.Auth) is not { } body)
        {
            return None(PushAnswerKind.Wrong, "the device's keys are none");
        }

        var origin = VapidTokens.OriginOf(endpoint);
        using var request = await RequestAsync(message, endpoint, origin, body, cancellationToken);
        using var late = new CancellationTokenSource(Patience, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // the body says nothing that we act on, and is not read
            using var response = await _http.SendAsync(request, limit.Token);
            return Judge(response, origin);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return None(PushAnswerKind.Retry, late.IsCancellationRequested ? "no answer within 10 seconds" : "no connection within 5 seconds");
        }
        catch (Exception failure) when (IsForbidden(failure))
        {
            return None(PushAnswerKind.Forbidden, "the endpoint leads to an address that is not public");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or AuthenticationException)
        {
            return None(PushAnswerKind.Retry, (failure as HttpRequestException)?.HttpRequestError.ToString() ?? failure.GetType().Name);
        }
    }

    public void Dispose() => _http.Dispose();

    private static PushAnswer None(PushAnswerKind kind, string detail) => new(kind, Status: 0, RetryAfter: null, detail);

    private static bool IsForbidden(Exception? failure) => failure is not null && (failure is ForbiddenAddressException || IsForbidden(failure.InnerException));

    private async ValueTask<HttpRequestMessage> RequestAsync(PushMessage message, Uri endpoint, string origin, byte[] body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            // over TLS both agree on it; in clear text nothing is agreed on
            Version = HttpVersion.Version20,
            VersionPolicy = _presumesHttp2 && endpoint.Scheme == Uri.UriSchemeHttp ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        var headers = request.Headers;
        headers.TryAddWithoutValidation("TTL", message.TtlSeconds.ToString(CultureInfo.InvariantCulture));
        headers.TryAddWithoutValidation("Authorization", await _tokens.AuthorizationAsync(origin, cancellationToken));
        if (message.Urgency is { } urgency)
        {
            headers.TryAddWithoutValidation("Urgency", urgency);
        }

        if (message.Topic is { } topic)
        {
            headers.TryAddWithoutValidation("Topic", topic);
        }

        return request;
    }

    private PushAnswer Judge(HttpResponseMessage response, string origin)
    {
        var status = (int)response.StatusCode;
        switch (status)
        {
            case >= 200 and < 300:
                return new(PushAnswerKind.Accepted, status, RetryAfter: null, Detail: null);
            case 404 or 410:
                return new(PushAnswerKind.Gone, status, RetryAfter: null, Detail: null);
            case 401 or 403:
                _tokens.Forget(origin);
                return new(PushAnswerKind.Refused, status, RetryAfter: null, Detail: null);
            case 408 or 425 or 429 or >= 500:
                return new(PushAnswerKind.Retry, status, RetryAfter(response), Detail: null);
            case >= 300 and < 400:
                return new(PushAnswerKind.Wrong, status, RetryAfter: null, "a redirect is not followed");
            default:
                return new(PushAnswerKind.Wrong, status, RetryAfter: null, Detail: null);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - _time.GetUtcNow());
        return wait is not { } known ? null : known < TimeSpan.Zero ? TimeSpan.Zero : known > LongestWait ? LongestWait : known;
    }
}
