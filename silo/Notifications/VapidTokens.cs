using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Notifications;

/// <summary>Tokens by which push services know us (RFC 8292): one for each service, used again until shortly before its end.</summary>
internal sealed class VapidTokens(VapidKeys keys, IOptions<PushSettings> settings, TimeProvider time)
{
    private const int MaxOrigins = 1_000;

    // 24 hours are allowed; a clock that is off must not make it more
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan Renewal = TimeSpan.FromHours(1);
    private static readonly byte[] s_header = """{"typ":"JWT","alg":"ES256"}"""u8.ToArray();

    private readonly ConcurrentDictionary<string, (string Header, DateTimeOffset Expires)> _tokens = new(StringComparer.Ordinal);

    /// <summary>How many tokens are kept.</summary>
    internal int Count => _tokens.Count;

    /// <summary>The origin of an endpoint, as its service reads it: without a user, without the scheme's own port, in ASCII (RFC 6454, section 6.2).</summary>
    public static string OriginOf(Uri endpoint)
    {
        var host = endpoint.HostNameType is UriHostNameType.IPv6 ? endpoint.Host : endpoint.IdnHost;
        return endpoint.IsDefaultPort ? $"{endpoint.Scheme}://{host}" : string.Create(CultureInfo.InvariantCulture, $"{endpoint.Scheme}://{host}:{endpoint.Port}");
    }

    /// <summary>The header Authorization for a push service.</summary>
    /// <param name="origin">Its origin: scheme, host and port where it is not the scheme's own.</param>
    /// <param name="cancellationToken">Ends the wait for the key.</param>
    public async ValueTask<string> AuthorizationAsync(string origin, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_tokens.TryGetValue(origin, out var known) && known.Expires - now > Renewal)
        {
            return known.Header;
        }

        var pair = await keys.GetAsync(cancellationToken);
        var expires = now + Lifetime;
        var header = $"vapid t={Sign(pair, origin, expires)}, k={pair.PublicKey}";
        if (_tokens.Count >= MaxOrigins)
        {
            _tokens.Clear();
        }

        _tokens[origin] = (header, expires);
        return header;
    }

    /// <summary>A service refuses our token: the next one is new.</summary>
    public void Forget(string origin) => _tokens.TryRemove(origin, out _);

    private string Sign(VapidKeyPair pair, string origin, DateTimeOffset expires)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["aud"] = origin,
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["sub"] = settings.Value.Subject ?? VapidSubject.None,
        });
        var signed = $"{Base64Url.EncodeToString(s_header)}.{Base64Url.EncodeToString(claims)}";
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = pair.PrivateKeyBytes, Q = EcPoints.Decode(pair.PublicBytes) });
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
